package io.weir.iotdb.type;

import java.nio.IntBuffer;
import java.util.Arrays;

/** Numbers of 32 bits. */
class IntColumn extends TabletColumn {

    private int[] values = {};

    IntColumn(String name, ColumnCategory category) {
        this(name, IotdbType.INT32, category);
    }

    IntColumn(String name, IotdbType type, ColumnCategory category) {
        super(name, type, category);
    }

    @Override
    void set(int row, long value) {
        if (value != (int) value) {
            throw refusal(row, "a number that needs more than 32 bits");
        }
        put(row, (int) value);
    }

    final void put(int row, int value) {
        place(row);
        values[row] = value;
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
    void copyInts(RowOrder rows, int from, int to, IntBuffer into) {
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
