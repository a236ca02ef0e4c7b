package io.weir.iotdb.type;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Booleans, as the bytes in which they travel. */
final class BooleanColumn extends TabletColumn {

    private byte[] values = {};

    BooleanColumn(String name, ColumnCategory category) {
        super(name, IotdbType.BOOLEAN, category);
    }

    @Override
    void set(int row, boolean value) {
        place(row);
        values[row] = (byte) (value ? 1 : 0);
    }

    @Override
    int grow(int rows) {
        values = Arrays.copyOf(values, TabletRows.roomFor(rows, values.length));
        return values.length;
    }

    @Override
    void clear(int from, int to) {
        Arrays.fill(values, from, to, (byte) 0);
    }

    @Override
    void copyBooleans(RowOrder rows, int from, int to, ByteBuffer into) {
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
