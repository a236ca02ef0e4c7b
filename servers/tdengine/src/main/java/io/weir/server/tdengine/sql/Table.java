package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A super table (columns and tags, no rows), a child of one (tag values, rows) or a plain table. */
final class Table {

    private static final Object[] NO_TAGS = {};

    private final long id;
    private final String name;
    private final boolean isSuper;
    private final @Nullable Table superTable;
    private final @Nullable Object[] tagValues;
    private final NavigableMap<Long, @Nullable Object[]> rows = new TreeMap<>();
    private List<Column> columns;
    private final List<Column> tags;

    private Table(
            long id,
            String name,
            boolean isSuper,
            @Nullable Table superTable,
            List<Column> columns,
            List<Column> tags,
            @Nullable Object[] tagValues) {
        this.id = id;
        this.name = name;
        this.isSuper = isSuper;
        this.superTable = superTable;
        this.columns = columns;
        this.tags = tags;
        this.tagValues = tagValues;
    }

    static Table plain(long id, String name, List<Column> columns) {
        return new Table(id, name, false, null, columns, List.of(), NO_TAGS);
    }

    static Table superTable(long id, String name, List<Column> columns, List<Column> tags) {
        return new Table(id, name, true, null, columns, tags, NO_TAGS);
    }

    static Table child(long id, String name, Table superTable, @Nullable Object[] tagValues) {
        return new Table(id, name, false, superTable, List.of(), List.of(), tagValues);
    }

    long id() {
        return id;
    }

    String name() {
        return name;
    }

    boolean isSuper() {
        return isSuper;
    }

    @Nullable Table superTable() {
        return superTable;
    }

    List<Column> columns() {
        return superTable == null ? columns : superTable.columns;
    }

    /** Tags as the super table has them, for a child too. */
    List<Column> tags() {
        return superTable == null ? tags : superTable.tags;
    }

    @Nullable Object[] tagValues() {
        return tagValues;
    }

    void put(@Nullable Object[] row) {
        if (!(row[0] instanceof Long time)) {
            throw new TaosError(0x2606, "Primary timestamp column should not be null");
        }
        rows.put(time, row);
    }

    /** Columns, tags and the table's name of each row: what an expression may ask for. */
    List<@Nullable Object[]> wideRows() {
        int width = columns().size();
        List<@Nullable Object[]> wide = new ArrayList<>(rows.size());
        for (@Nullable Object[] row : rows.values()) {
            // A row from before a column was added is shorter.
            @Nullable Object[] all = Arrays.copyOf(row, width + tagValues.length + 1);
            Arrays.fill(all, Math.min(row.length, width), width, null);
            System.arraycopy(tagValues, 0, all, width, tagValues.length);
            all[width + tagValues.length] = name;
            wide.add(all);
        }
        return wide;
    }

    void remove(long time) {
        rows.remove(time);
    }

    void addColumn(Column column) {
        List<Column> more = new ArrayList<>(columns);
        more.add(column);
        columns = List.copyOf(more);
    }

    /** Takes the values of the column out of all rows of this table. */
    void cutOut(int place) {
        rows.replaceAll((time, row) -> {
            if (row.length <= place) {
                return row;
            }
            @Nullable Object[] rest = Arrays.copyOf(row, row.length - 1);
            System.arraycopy(row, place + 1, rest, place, row.length - place - 1);
            return rest;
        });
    }

    void dropColumn(int place) {
        List<Column> rest = new ArrayList<>(columns);
        rest.remove(place);
        columns = List.copyOf(rest);
    }
}
