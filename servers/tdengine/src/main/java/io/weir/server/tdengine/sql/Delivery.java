package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of one table as a topic gives them to its consumers. */
public record Delivery(String table, List<Column> columns, List<@Nullable Object[]> rows) {

    /** Null where the topic does not follow the table, or its condition holds for none of the rows. */
    public static @Nullable Delivery of(SqlSession session, Topic topic, LogEntry.Written written) {
        if (topic.table() != null && !written.belongsTo(topic.table())) {
            return null;
        }
        Select select = topic.select();
        if (select == null) {
            return new Delivery(written.table(), written.columns(), written.rows());
        }
        List<Column> columns = new ArrayList<>(written.columns());
        columns.addAll(written.tags());
        columns.add(Column.text("tbname", 192));
        List<@Nullable Object[]> wide = new ArrayList<>();
        for (@Nullable Object[] row : written.rows()) {
            List<@Nullable Object> all = new ArrayList<>(Arrays.asList(row));
            all.addAll(written.tagValues());
            all.add(written.table());
            wide.add(all.toArray());
        }
        int shown = written.superTable() != null && written.superTable().equals(topic.table())
                ? columns.size() - 1
                : written.columns().size();
        Scan scan = new Scan(columns, shown, session.database(topic.database()).precision(), wide.iterator());
        Answer.Rows chosen = new SelectRunner(select, session, List.of()).over(scan);
        List<@Nullable Object[]> rows = chosen.all();
        return rows.isEmpty() ? null : new Delivery(written.table(), chosen.columns(), rows);
    }

    /** How much of a change of tables the topic tells of. */
    public static boolean tells(Topic topic, LogEntry.Changed changed) {
        return topic.withMeta()
                && (topic.table() == null
                        || topic.table().equals(changed.table())
                        || topic.table().equals(changed.json().get("using")));
    }
}
