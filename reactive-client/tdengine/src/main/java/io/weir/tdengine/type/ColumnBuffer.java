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
    private int[] lengths = {};
    private ByteBuffer data;

    ColumnBuffer(TdengineType type) {
        this.width = type.width();
        this.lengthy = type.isBoundByLength();
        this.data = buffer(16 * (lengthy ? 8 : Math.max(1, width)));
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
        return lengths[row];
    }

    /** Read-only. */
    ByteBuffer data() {
        return data.duplicate().flip().asReadOnlyBuffer();
    }

    void putNull() {
        if (!lengthy) {
            room(width);
            data.position(data.position() + width);
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

    /** Takes back what was added behind the first rows. */
    void truncate(int to) {
        int end = data.position();
        while (rows > to) {
            rows--;
            nullCount -= nulls[rows];
            data.position(data.position() - (lengthy ? lengths[rows] : width));
        }
        // Nulls of fixed width leave their slot as it is, and it has to be zero.
        for (int at = data.position(); at < end; at++) {
            data.put(at, (byte) 0);
        }
    }

    private void added(byte isNull, int length) {
        if (rows == nulls.length) {
            nulls = Arrays.copyOf(nulls, 2 * rows);
        }
        nulls[rows] = isNull;
        if (lengthy) {
            if (rows >= lengths.length) {
                lengths = Arrays.copyOf(lengths, Math.max(16, 2 * rows));
            }
            lengths[rows] = length;
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
