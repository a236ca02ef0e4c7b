package io.weir.testkit;

import java.util.HexFormat;

/** Bytes as text and back. */
public final class Hex {

    private static final int PER_LINE = 16;
    private static final HexFormat PLAIN = HexFormat.of();

    private Hex() {}

    /** The bytes of a hex text. White space is ignored, and so is everything after a {@code #} up to the end of its line. */
    public static byte[] bytes(String hex) {
        return PLAIN.parseHex(hex.replaceAll("#[^\n]*", "").replaceAll("\\s", ""));
    }

    /** All bytes in a row, without separators. */
    public static String text(byte[] bytes) {
        return PLAIN.formatHex(bytes);
    }

    /** Lines of offset, sixteen bytes and what of them is printable. */
    public static String dump(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 5);
        for (int line = 0; line < bytes.length; line += PER_LINE) {
            int end = Math.min(bytes.length, line + PER_LINE);
            text.append(String.format("%06x ", line));
            for (int i = line; i < line + PER_LINE; i++) {
                text.append(i % 8 == 0 ? " " : "").append(i < end ? PLAIN.toHexDigits(bytes[i]) + " " : "   ");
            }
            text.append(" |");
            for (int i = line; i < end; i++) {
                text.append(bytes[i] >= 0x20 && bytes[i] < 0x7f ? (char) bytes[i] : '.');
            }
            text.append("|\n");
        }
        return text.toString();
    }
}
