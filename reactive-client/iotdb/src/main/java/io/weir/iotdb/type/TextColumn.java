package io.weir.iotdb.type;

import io.weir.core.Ascii;

/** Texts, turned into UTF-8 when they are set, where they will travel from; nothing is kept of the caller's object. */
final class TextColumn extends BytesColumn {

    private static final int MOST_PER_CHARACTER = 3;

    TextColumn(String name, IotdbType type, ColumnCategory category) {
        super(name, type, category);
    }

    @Override
    void set(int row, CharSequence value) {
        String text = value.toString();
        int length = text.length();
        int next = next(row, length);
        if (next > 0 && Ascii.copy(text, bytes(), next)) {
            placedNext(row, length);
        } else {
            setAny(row, text);
        }
    }

    private void setAny(int row, String text) {
        long most = (long) MOST_PER_CHARACTER * text.length();
        if (!hasRoom(row, most)) {
            // Only now it is worth counting.
            most = utf8Length(text);
            if (most < 0) {
                throw noText(row);
            }
        }
        int from = at(row);
        int end = encode(text, room(row, (int) most), from);
        if (end < 0) {
            throw noText(row);
        }
        placed(row, end - from);
    }

    private IllegalArgumentException noText(int row) {
        return refusal(row, "a text with half of a character (an unpaired surrogate) or of more than 2 GiB");
    }

    /** Returns where it ends; negative if there is half of a character in it. */
    private static int encode(String text, byte[] into, int from) {
        int length = text.length();
        int at = from;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                into[at++] = (byte) c;
            } else if (c < 0x800) {
                into[at++] = (byte) (0xC0 | (c >> 6));
                into[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                into[at++] = (byte) (0xE0 | (c >> 12));
                into[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                into[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (isPair(text, i)) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                into[at++] = (byte) (0xF0 | (point >> 18));
                into[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                into[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                into[at++] = (byte) (0x80 | (point & 0x3F));
            } else {
                return -1;
            }
        }
        return at;
    }

    /** The length in UTF-8; negative if there is none. */
    static int utf8Length(CharSequence text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                length++;
            } else if (c < 0x800) {
                length += 2;
            } else if (!Character.isSurrogate(c)) {
                length += 3;
            } else if (isPair(text, i)) {
                length += 4;
                i++;
            } else {
                return -1;
            }
            if (length < 0) {
                return -1;
            }
        }
        return length;
    }

    private static boolean isPair(CharSequence text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }
}
