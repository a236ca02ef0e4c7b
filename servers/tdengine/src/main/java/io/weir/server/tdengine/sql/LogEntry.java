package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to a database, in order: what consumers read. */
public sealed interface LogEntry {

    /** The table that it happened to. */
    String table();

    /** Rows that were written, in the columns that the table had then. */
    record Written(
            String table,
            @Nullable String superTable,
            List<Column> columns,
            List<@Nullable Object[]> rows,
            List<Column> tags,
            List<@Nullable Object> tagValues)
            implements LogEntry {

        boolean belongsTo(String tableOrSuper) {
            return tableOrSuper.equals(table) || tableOrSuper.equals(superTable);
        }
    }

    /** A table was created, altered or dropped, as the adapter's JSON tells it. */
    record Changed(String table, Map<String, @Nullable Object> json) implements LogEntry {}
}
