package io.weir.iotdb.type;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** Floats. */
final class FloatColumn extends TabletColumn {

    /** Up to here every whole number is exactly a float. */
    private static final long MOST_EXACT = 1L << 24;

    private float[] values = {};

    FloatColumn(String name, ColumnCategory category) {
        super(name, IotdbType.FLOAT, category);
    }

    @Override
    void set(int row, float value) {
        place(row);
        values[row] = value;
    }

    @Override
    void set(int row, double value) {
        float near = (float) value;
        if (near != value && !Double.isNaN(value)) {
            throw refusal(row, "a double that is no float (a float is written as 1.1f)");
        }
        set(row, near);
    }

    @Override
    void set(int row, long value) {
        if (Math.abs(value) > MOST_EXACT || value == Long.MIN_VALUE) {
            throw refusal(row, "a whole number of more than 24 bits");
        }
        set(row, (float) value);
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
    void copyFloats(RowOrder rows, int from, int to, FloatBuffer into) {
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
