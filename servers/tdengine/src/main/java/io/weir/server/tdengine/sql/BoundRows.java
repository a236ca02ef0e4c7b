package io.weir.server.tdengine.sql;

import java.util.AbstractList;
import org.jspecify.annotations.Nullable;

/** Bound columns as rows, each of which is made when it is asked for. */
final class BoundRows extends AbstractList<@Nullable Object[]> {

    private final @Nullable BoundColumn[] columns;
    private final int rows;

    /** @param columns in the table's own order, null for those that are left out */
    BoundRows(@Nullable BoundColumn[] columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    @Override
    public int size() {
        return rows;
    }

    @Override
    public @Nullable Object[] get(int index) {
        @Nullable Object[] row = new Object[columns.length];
        for (int i = 0; i < row.length; i++) {
            BoundColumn column = columns[i];
            row[i] = column == null ? null : column.values().get(index);
        }
        return row;
    }
}
