package io.weir.core.wire;

import java.nio.charset.StandardCharsets;

/** A length that no frame of the protocol can have. */
final class BadFrame extends Exception {

    private static final long serialVersionUID = 1L;

    /** The highest that a user can set; a longer frame is no frame. */
    private static final long HIGHEST_LIMIT = 1L << 30;

    BadFrame(long length, int limit, byte[] header) {
        super(
                "A frame of " + length + " bytes was announced, and the limit is " + limit
                        + hint(header, length > limit && length <= HIGHEST_LIMIT),
                null,
                false,
                false);
    }

    /** What the first bytes look like if they are no length. */
    private static String hint(byte[] header, boolean sensible) {
        if (isTlsRecord(header)) {
            return ". Its first bytes are a TLS record: the server expects TLS on this port, so set sslMode";
        }
        for (byte b : header) {
            if ((b < ' ' && b != '\r' && b != '\n' && b != '\t') || b > '~') {
                return sensible ? ": raise the option maxFrameSize, or ask for fewer or shorter rows at a time" : "";
            }
        }
        String text = new String(header, StandardCharsets.US_ASCII)
                .replace("\r", "\\r")
                .replace("\n", "\\n");
        return ". Its first bytes read '" + text + "': another protocol seems to listen on this port";
    }

    private static boolean isTlsRecord(byte[] header) {
        return header.length > 1 && header[0] >= 20 && header[0] <= 23 && header[1] == 3;
    }
}
