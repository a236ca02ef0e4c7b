package io.weir.iotdb.type;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Texts or bytes, kept as they will travel: each value behind its length. Where every row was set once and in order, the
 * column travels as it is, and otherwise value by value.
 */
abstract class BytesColumn extends TabletColumn {

    private static final int LENGTH = Integer.BYTES;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private byte[] bytes = {};
    private int end;

    /** Where the length of each row's value stands. */
    private int[] starts = {};

    /** Whether the values lie one behind the other, row by row, with nothing in between. */
    private boolean inOrder = true;

    BytesColumn(String name, IotdbType type, ColumnCategory category) {
        super(name, type, category);
    }

    /** Where so many bytes of the next row's value belong in {@link #bytes}; negative if it is not the next, or lacks room. */
    final int next(int row, int length) {
        int from = end + LENGTH;
        return row == size && (long) from + length <= bytes.length ? from : -1;
    }

    final byte[] bytes() {
        return bytes;
    }

    /** The bytes are where {@link #next} has told. */
    final void placedNext(int row, int length) {
        place(row);
        append(row, length);
    }

    /** Where the bytes of a row's next value belong. */
    final int at(int row) {
        return end + LENGTH * (Math.max(0, row - size) + 1);
    }

    /** The array to put them in, at the place that {@link #at} tells. */
    final byte[] room(int row, int length) {
        long needed = (long) at(row) + length;
        if (needed > MOST_BYTES) {
            throw refusal(row, "a value with which this column would have more than 2 GiB");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(MOST_BYTES, Math.max(needed, 2L * bytes.length)));
        }
        return bytes;
    }

    /** Whether so many bytes have room without a new array. */
    final boolean hasRoom(int row, long length) {
        return at(row) + length <= bytes.length;
    }

    /** The bytes are where they belong: now they are the row's value. */
    final void placed(int row, int length) {
        inOrder &= row >= size;
        place(row);
        append(row, length);
    }

    private void append(int row, int length) {
        INT.set(bytes, end, length);
        starts[row] = end;
        end += LENGTH + length;
    }

    @Override
    final int grow(int rows) {
        starts = Arrays.copyOf(starts, TabletRows.roomFor(rows, starts.length));
        return starts.length;
    }

    @Override
    final void clear(int from, int to) {
        inOrder &= from >= size;
        for (int row = from; row < to; row++) {
            room(size, 0);
            append(row, 0);
        }
    }

    @Override
    final void forget(int rows) {
        if (inOrder || rows == 0) {
            end = rows == 0 ? 0 : starts[rows];
            inOrder = true;
        }
    }

    private int length(int row) {
        return row < size ? (int) INT.get(bytes, starts[row]) : 0;
    }

    @Override
    final long bytesLength(RowOrder rows, int from, int to) {
        long length = (long) LENGTH * (to - from);
        if (isCopy(rows) && from < size) {
            return bytesBetween(from, Math.min(to, size)) + (long) LENGTH * (to - Math.min(to, size));
        }
        for (int i = from; i < to; i++) {
            length += length(rows.row(i));
        }
        return length;
    }

    @Override
    final void copyBytes(RowOrder rows, int from, int to, ByteBuffer into) {
        int i = from;
        if (isCopy(rows) && from < size) {
            i = Math.min(to, size);
            into.put(bytes, starts[from], bytesBetween(from, i));
        }
        for (; i < to; i++) {
            int row = rows.row(i);
            if (row < size) {
                into.put(bytes, starts[row], LENGTH + length(row));
            } else {
                into.putInt(0);
            }
        }
    }

    private boolean isCopy(RowOrder rows) {
        return inOrder && rows.isAsAdded();
    }

    private int bytesBetween(int from, int to) {
        return (to == size ? end : starts[to]) - starts[from];
    }
}
