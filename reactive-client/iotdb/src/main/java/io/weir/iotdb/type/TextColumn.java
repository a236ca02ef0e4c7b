package io.weir.iotdb.type;

/** Texts. */
final class TextColumn extends ObjectColumn {

    TextColumn(String name, IotdbType type, ColumnCategory category) {
        super(name, type, category);
    }

    @Override
    void set(int row, CharSequence value) {
        int length = utf8Length(value);
        if (length < 0) {
            throw refusal(row, "a text with half of a character (an unpaired surrogate) or of more than 2 GiB");
        }
        put(row, value.toString(), length);
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
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
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
}
