package io.weir.iotdb.type;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Booleans. */
final class BooleanColumn extends TabletColumn {

    private boolean[] values = {};

    BooleanColumn(String name, ColumnCategory category) {
        super(name, IotdbType.BOOLEAN, category);
    }

    @Override
    void set(int row, boolean value) {
        place(row);
        values[row] = value;
    }

    @Override
    void grow(int rows) {
        if (rows > values.length) {
            values = Arrays.copyOf(values, Tablet.roomFor(rows, values.length));
        }
    }

    @Override
    void clear(int from, int to) {
        Arrays.fill(values, from, to, false);
    }

    @Override
    void copyBooleans(RowOrder rows, int from, int to, ByteBuffer into) {
        for (int i = from; i < to; i++) {
            int row = rows.row(i);
            into.put((byte) (row < size && values[row] ? 1 : 0));
        }
    }
}
