package io.weir.iotdb.type;

import java.nio.LongBuffer;
import java.util.Arrays;

/** Numbers of 64 bits: INT64 and TIMESTAMP. */
final class LongColumn extends TabletColumn {

    private long[] values = {};

    LongColumn(String name, IotdbType type, ColumnCategory category) {
        super(name, type, category);
    }

    @Override
    void set(int row, long value) {
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
    void copyLongs(RowOrder rows, int from, int to, LongBuffer into) {
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
