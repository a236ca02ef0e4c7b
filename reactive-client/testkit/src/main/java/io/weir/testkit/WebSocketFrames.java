package io.weir.testkit;

import java.nio.ByteBuffer;

/** Where the frames of a WebSocket end that a server sends: unmasked ones, behind the answer to the handshake. */
final class WebSocketFrames {

    private static final int HEAD = 2;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final String END_OF_HEADERS = "\r\n\r\n";

    private WebSocketFrames() {}

    static int length(ByteBuffer bytes) {
        int at = bytes.position();
        if (!bytes.hasRemaining()) {
            return FrameCutter.UNKNOWN;
        }
        // No frame begins with this letter: the bits of it that are reserved would be set.
        if (bytes.get(at) == 'H') {
            return handshake(bytes);
        }
        if (bytes.remaining() < HEAD) {
            return FrameCutter.UNKNOWN;
        }
        int length = bytes.get(at + 1) & 0x7f;
        int more = length == SHORT_LENGTH ? Short.BYTES : length == LONG_LENGTH ? Long.BYTES : 0;
        if (bytes.remaining() < HEAD + more) {
            return FrameCutter.UNKNOWN;
        }
        long payload = switch (more) {
            case Short.BYTES -> bytes.getShort(at + HEAD) & 0xffff;
            case Long.BYTES -> bytes.getLong(at + HEAD);
            default -> length;
        };
        return Math.toIntExact(HEAD + more + payload);
    }

    private static int handshake(ByteBuffer bytes) {
        int matched = 0;
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            char c = (char) bytes.get(i);
            matched = c == END_OF_HEADERS.charAt(matched) ? matched + 1 : c == '\r' ? 1 : 0;
            if (matched == END_OF_HEADERS.length()) {
                return i + 1 - bytes.position();
            }
        }
        return FrameCutter.UNKNOWN;
    }
}
