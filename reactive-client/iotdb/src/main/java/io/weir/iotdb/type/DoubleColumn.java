package io.weir.iotdb.type;

import java.nio.DoubleBuffer;
import java.util.Arrays;

/** Doubles. */
final class DoubleColumn extends TabletColumn {

    /** Up to here every whole number is exactly a double. */
    private static final long MOST_EXACT = 1L << 53;

    private double[] values = {};

    DoubleColumn(String name, ColumnCategory category) {
        super(name, IotdbType.DOUBLE, category);
    }

    @Override
    void set(int row, double value) {
        place(row);
        values[row] = value;
    }

    @Override
    void set(int row, float value) {
        set(row, (double) value);
    }

    @Override
    void set(int row, long value) {
        if (Math.abs(value) > MOST_EXACT || value == Long.MIN_VALUE) {
            throw refusal(row, "a whole number of more than 53 bits");
        }
        set(row, (double) value);
    }

    @Override
    int grow(int rows) {
        values = Arrays.copyOf(values, TabletRows.roomFor(rows, values.length));
        return values.length;
    }

    @Override
    void clear(int from, int to) {
        Arrays.fill(values, from, to, 0);
    }

    @Override
    void copyDoubles(RowOrder rows, int from, int to, DoubleBuffer into) {
        int i = from;
        if (rows.isAsAdded() && from < size) {
            i = Math.min(to, size);
            into.put(values, from, i - from);
        }
        for (; i < to; i++) {
            int row = rows.row(i);
            into.put(row < size ? values[row] : 0);
        }
    }
}
