package io.weir.iotdb.type;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Texts or bytes, with the lengths that they will have on the wire. */
abstract class ObjectColumn extends TabletColumn {

    private @Nullable Object[] values = {};
    private int[] lengths = {};

    ObjectColumn(String name, IotdbType type, ColumnCategory category) {
        super(name, type, category);
    }

    final void put(int row, Object value, int length) {
        place(row);
        values[row] = value;
        lengths[row] = length;
    }

    @Override
    void grow(int rows) {
        if (rows > values.length) {
            int room = Tablet.roomFor(rows, values.length);
            values = Arrays.copyOf(values, room);
            lengths = Arrays.copyOf(lengths, room);
        }
    }

    @Override
    void clear(int from, int to) {
        Arrays.fill(values, from, to, null);
        Arrays.fill(lengths, from, to, 0);
    }

    @Override
    int length(int row) {
        return row < size ? lengths[row] : 0;
    }

    @Override
    @Nullable Object object(int row) {
        return row < size ? values[row] : null;
    }
}
