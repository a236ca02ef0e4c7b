package io.weir.tdengine.type;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The values of one placeholder as they travel: a byte for each row that says whether it is null, lengths, and bytes. */
final class ColumnBuffer {

    private final int width;
    private final boolean lengthy;

    private int rows;
    private int nullCount;
    private byte[] nulls = new byte[16];
    private ByteBuffer lengths;
    private ByteBuffer data;

    ColumnBuffer(TdengineType type) {
        this.width = type.width();
        this.lengthy = type.isBoundByLength();
        this.data = buffer(16 * (lengthy ? 8 : Math.max(1, width)));
        this.lengths = buffer(lengthy ? 16 * Integer.BYTES : 0);
    }

    int rows() {
        return rows;
    }

    /** How many bytes they take. */
    long bytes() {
        return data.position() + (lengthy ? 5L : 1L) * rows;
    }

    boolean isNull(int row) {
        return nulls[row] != 0;
    }

    boolean isAllNull() {
        return nullCount == rows;
    }

    /** Read-only. */
    ByteBuffer nulls() {
        return ByteBuffer.wrap(nulls, 0, rows).asReadOnlyBuffer();
    }

    int length(int row) {
        return lengths.getInt(row * Integer.BYTES);
    }

    /** Four bytes each, none for types of fixed width; read-only. */
    ByteBuffer lengths() {
        return lengths.duplicate().flip().asReadOnlyBuffer();
    }

    /** Read-only. */
    ByteBuffer data() {
        return data.duplicate().flip().asReadOnlyBuffer();
    }

    void putNull() {
        if (!lengthy) {
            room(width);
            // What was there before may have been taken back, and nulls have to be zero.
            for (int i = 0; i < width; i++) {
                data.put((byte) 0);
            }
        }
        nullCount++;
        added((byte) 1, 0);
    }

    /** As many of the low bytes as the type has. */
    void putBits(long bits) {
        room(width);
        switch (width) {
            case 1 -> data.put((byte) bits);
            case 2 -> data.putShort((short) bits);
            case 4 -> data.putInt((int) bits);
            default -> data.putLong(bits);
        }
        added((byte) 0, 0);
    }

    void putBytes(byte[] bytes) {
        room(bytes.length);
        data.put(bytes);
        added((byte) 0, bytes.length);
    }

    /**
     * Writes a text behind the values, if it is of ASCII alone: without bytes of its own for each. It is not added yet, see
     * {@link #keepPlain}.
     */
    boolean putPlain(String text) {
        int length = text.length();
        room(length);
        byte[] into = data.array();
        int at = data.arrayOffset() + data.position();
        for (int i = 0; i < length; i++) {
            char one = text.charAt(i);
            if (one >= 0x80) {
                return false;
            }
            into[at + i] = (byte) one;
        }
        return true;
    }

    /** Adds the text of so many characters that {@link #putPlain} has written. */
    void keepPlain(int length) {
        data.position(data.position() + length);
        added((byte) 0, length);
    }

    /** Takes all back, and keeps the room for as many. */
    void clear() {
        rows = 0;
        nullCount = 0;
        data.clear();
        lengths.clear();
    }

    /** Takes back what was added behind the first rows. */
    void truncate(int to) {
        while (rows > to) {
            rows--;
            nullCount -= nulls[rows];
            data.position(data.position() - (lengthy ? length(rows) : width));
        }
        if (lengthy) {
            lengths.position(rows * Integer.BYTES);
        }
    }

    private void added(byte isNull, int length) {
        if (rows == nulls.length) {
            nulls = Arrays.copyOf(nulls, 2 * rows);
        }
        nulls[rows] = isNull;
        if (lengthy) {
            if (!lengths.hasRemaining()) {
                lengths = buffer(2 * lengths.capacity()).put(lengths.flip());
            }
            lengths.putInt(length);
        }
        rows++;
    }

    private void room(int more) {
        if (data.remaining() < more) {
            int needed = Math.addExact(data.position(), more);
            data = buffer(Math.max(needed, (int) Math.min(2L * data.capacity(), Integer.MAX_VALUE - 8L)))
                    .put(data.flip());
        }
    }

    private static ByteBuffer buffer(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }
}
