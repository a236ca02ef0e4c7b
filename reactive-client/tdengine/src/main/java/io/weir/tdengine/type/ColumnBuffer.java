package io.weir.tdengine.type;

import io.weir.core.Ascii;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/** The values of one placeholder as they travel: a byte for each row that says whether it is null, lengths, and bytes. */
final class ColumnBuffer {

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private final int width;
    private final boolean lengthy;

    private int rows;
    private int nullCount;
    /** All zero but for the nulls, and perhaps shorter than there are rows: so what is not null leaves it alone. */
    private byte[] nulls = new byte[16];

    private byte[] lengths;
    private byte[] data;
    private int end;

    ColumnBuffer(TdengineType type) {
        this.width = type.width();
        this.lengthy = type.isBoundByLength();
        this.data = new byte[16 * (lengthy ? 8 : Math.max(1, width))];
        this.lengths = new byte[lengthy ? 16 * Integer.BYTES : 0];
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    int rows() {
        return rows;
    }

    /** How many bytes they take. */
    long bytes() {
        return end + (lengthy ? 5L : 1L) * rows;
    }

    boolean isNull(int row) {
        return Objects.checkIndex(row, rows) < nulls.length && nulls[row] != 0;
    }

    boolean isAllNull() {
        return nullCount == rows;
    }

    /** Read-only. */
    ByteBuffer nulls() {
        if (nulls.length < rows) {
            nulls = Arrays.copyOf(nulls, Math.max(rows, 2 * nulls.length));
        }
        return ByteBuffer.wrap(nulls, 0, rows).asReadOnlyBuffer();
    }

    int length(int row) {
        return (int) INT.get(lengths, Objects.checkIndex(row, rows) * Integer.BYTES);
    }

    /** Four bytes each, none for types of fixed width; read-only. */
    ByteBuffer lengths() {
        return ByteBuffer.wrap(lengths, 0, lengthy ? rows * Integer.BYTES : 0).asReadOnlyBuffer();
    }

    /** Read-only. */
    ByteBuffer data() {
        return ByteBuffer.wrap(data, 0, end).asReadOnlyBuffer();
    }

    void putNull() {
        if (nulls.length <= rows) {
            nulls = Arrays.copyOf(nulls, 2 * rows);
        }
        nulls[rows] = 1;
        nullCount++;
        if (lengthy) {
            added(0);
        } else {
            int at = room(width);
            // What was there before may have been taken back, and nulls have to be zero.
            Arrays.fill(data, at, end, (byte) 0);
            rows++;
        }
    }

    /** As many of the low bytes as the type has. */
    void putBits(long bits) {
        int at = room(width);
        switch (width) {
            case 1 -> data[at] = (byte) bits;
            case 2 -> SHORT.set(data, at, (short) bits);
            case 4 -> INT.set(data, at, (int) bits);
            default -> LONG.set(data, at, bits);
        }
        rows++;
    }

    void putBytes(byte[] bytes) {
        int at = room(bytes.length);
        System.arraycopy(bytes, 0, data, at, bytes.length);
        added(bytes.length);
    }

    /**
     * Writes a text behind the values, if it is of ASCII alone: without bytes of its own for each. It is not added yet, see
     * {@link #keepPlain}.
     */
    boolean putPlain(String text) {
        int at = room(text.length());
        end = at;
        return Ascii.copy(text, data, at);
    }

    /** Adds the text of so many characters that {@link #putPlain} has written. */
    void keepPlain(int length) {
        end += length;
        added(length);
    }

    /** Takes all back, and keeps the room for as many. */
    void clear() {
        truncate(0);
    }

    /** Takes back what was added behind the first rows. */
    void truncate(int to) {
        if (to >= rows) {
            return;
        }
        for (int row = to; nullCount > 0 && row < Math.min(rows, nulls.length); row++) {
            nullCount -= nulls[row];
            nulls[row] = 0;
        }
        if (!lengthy) {
            end = to * width;
        } else if (to == 0) {
            end = 0;
        } else {
            for (int row = to; row < rows; row++) {
                end -= length(row);
            }
        }
        rows = to;
    }

    private void added(int length) {
        int at = rows * Integer.BYTES;
        if (lengths.length <= at) {
            lengths = Arrays.copyOf(lengths, 2 * at);
        }
        INT.set(lengths, at, length);
        rows++;
    }

    /** Makes room for so many bytes, which count as there from now on, and tells where they begin. */
    private int room(int more) {
        int at = end;
        if (more > data.length - at) {
            int needed = Math.addExact(at, more);
            data = Arrays.copyOf(data, Math.max(needed, (int) Math.min(2L * data.length, Integer.MAX_VALUE - 8L)));
        }
        end = at + more;
        return at;
    }
}
