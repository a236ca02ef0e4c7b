package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows to choose from.
 *
 * @param columns what may be named
 * @param shown how many of them {@code *} stands for
 */
record Scan(List<Column> columns, int shown, Precision precision, Iterator<@Nullable Object[]> rows) {

    private static final int LONGEST_TABLE_NAME = 192;

    static Scan of(List<Column> columns, List<@Nullable Object[]> rows) {
        return new Scan(columns, columns.size(), Precision.MILLIS, rows.iterator());
    }

    /** All rows of a table, those of a super table by time. */
    static Scan of(Database database, Table table) {
        List<Column> columns = new ArrayList<>(table.columns());
        columns.addAll(table.tags());
        int shown = table.isSuper() ? columns.size() : table.columns().size();
        columns.add(Column.text("tbname", LONGEST_TABLE_NAME));
        List<@Nullable Object[]> rows;
        if (table.isSuper()) {
            rows = new ArrayList<>();
            for (Table child : database.tables()) {
                if (child.superTable() == table) {
                    rows.addAll(child.wideRows());
                }
            }
            rows.sort(Comparator.comparingLong(row -> (Long) Objects.requireNonNull(row[0])));
        } else {
            rows = table.wideRows();
        }
        return new Scan(List.copyOf(columns), shown, database.precision(), rows.iterator());
    }
}
