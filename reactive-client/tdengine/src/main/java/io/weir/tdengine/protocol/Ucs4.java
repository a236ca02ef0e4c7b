package io.weir.tdengine.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** NCHAR as it comes: four bytes for each character, the least significant first. */
final class Ucs4 {

    private static final int REPLACEMENT = 0xfffd;

    private Ucs4() {}

    /**
     * The text of such bytes; what is no character shows as the replacement character.
     *
     * @param scratch of at least as many bytes; overwritten
     */
    static String text(ByteBuffer bytes, int start, int length, byte[] scratch) {
        int end = start + length - 3;
        int count = 0;
        for (int at = start; at < end; at += Integer.BYTES) {
            int point = bytes.getInt(at);
            if (point < 0 || point > 0xff) {
                return wide(bytes, start, length);
            }
            scratch[count++] = (byte) point;
        }
        return new String(scratch, 0, count, StandardCharsets.ISO_8859_1);
    }

    private static String wide(ByteBuffer bytes, int start, int length) {
        StringBuilder out = new StringBuilder(length / Integer.BYTES);
        int end = start + length - 3;
        for (int at = start; at < end; at += Integer.BYTES) {
            int point = bytes.getInt(at);
            out.appendCodePoint(Character.isValidCodePoint(point) ? point : REPLACEMENT);
        }
        return out.toString();
    }
}
