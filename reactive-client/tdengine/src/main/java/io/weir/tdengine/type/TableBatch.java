package io.weir.tdengine.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows for one table, kept column by column: which table, its tags if it is to be created, and the rows. Filled row by row
 * or column by column. Not thread-safe.
 */
public final class TableBatch {

    private final List<StatementField> fields;
    private final List<ColumnBatch> tags = new ArrayList<>();
    private final List<ColumnBatch> columns = new ArrayList<>();
    private final List<ColumnBatch> seenTags = Collections.unmodifiableList(tags);
    private final List<ColumnBatch> seenColumns = Collections.unmodifiableList(columns);
    private @Nullable String table;

    private TableBatch(List<StatementField> fields) {
        this.fields = List.copyOf(fields);
        for (StatementField field : fields) {
            switch (field.role()) {
                case TAG -> tags.add(ColumnBatch.of(field));
                case COLUMN, QUERY -> columns.add(ColumnBatch.of(field));
                case TABLE_NAME -> {}
            }
        }
    }

    /** No rows yet, for the placeholders of a statement. */
    public static TableBatch of(List<StatementField> fields) {
        return new TableBatch(fields);
    }

    /** The table that the rows go to, for statements that have a placeholder for it. */
    public TableBatch table(String name) {
        table = name;
        return this;
    }

    /** The table's tags, in the order of the statement. */
    public TableBatch tags(@Nullable Object... values) {
        tags.forEach(ColumnBatch::clear);
        fill(tags, values, "tags");
        return this;
    }

    /** Adds a row: the values of the columns, in the order of the statement. All of it or nothing. */
    public TableBatch row(@Nullable Object... values) {
        fill(columns, values, "columns");
        return this;
    }

    /** The values of one column, to be filled as a whole; all columns have to get equally many. */
    public ColumnBatch column(int index) {
        return columns.get(index);
    }

    public @Nullable String table() {
        return table;
    }

    /** The placeholders that this was made for. */
    public List<StatementField> fields() {
        return fields;
    }

    /** One value each, or none at all. */
    public List<ColumnBatch> tags() {
        return seenTags;
    }

    public List<ColumnBatch> columns() {
        return seenColumns;
    }

    /**
     * How many rows there are.
     *
     * @throws IllegalStateException if the columns were filled to different heights
     */
    public int rows() {
        int rows = columns.isEmpty() ? 0 : columns.get(0).rows();
        for (ColumnBatch column : columns) {
            if (column.rows() != rows) {
                throw new IllegalStateException("The batch for table " + table + " has " + rows + " values for "
                        + columns.get(0).field() + ", and " + column.rows() + " for " + column.field()
                        + ": every column needs one for each row");
            }
        }
        return rows;
    }

    /** How many bytes its values take. */
    public long bytes() {
        long sum = 0;
        for (ColumnBatch column : columns) {
            sum += column.bytes();
        }
        return sum;
    }

    /**
     * Takes all rows and tags back, and keeps the room for as many: for who fills one batch again and again. Not before its
     * write has ended.
     */
    public TableBatch clear() {
        table = null;
        tags.forEach(ColumnBatch::clear);
        columns.forEach(ColumnBatch::clear);
        return this;
    }

    private void fill(List<ColumnBatch> into, @Nullable Object[] values, String what) {
        if (values.length != into.size()) {
            throw new IllegalArgumentException(values.length + " values were given, and the statement has "
                    + into.size() + " " + what + ": "
                    + into.stream().map(ColumnBatch::field).toList());
        }
        int done = 0;
        try {
            for (; done < values.length; done++) {
                into.get(done).add(values[done]);
            }
        } finally {
            for (int i = 0; done < values.length && i < done; i++) {
                into.get(i).truncate(into.get(i).rows() - 1);
            }
        }
    }

    @Override
    public String toString() {
        return (columns.isEmpty() ? 0 : columns.get(0).rows()) + " rows for table " + table;
    }
}
