package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database with its tables and, per group of tables, the log of what happened. */
public final class Database {

    /** The number of the first group of tables; consumers see such numbers. */
    public static final int FIRST_GROUP = 2;

    private final String name;
    private final Precision precision;
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final List<List<LogEntry>> logs = new ArrayList<>();

    Database(String name, Precision precision, int groups) {
        this.name = name;
        this.precision = precision;
        for (int i = 0; i < groups; i++) {
            logs.add(new ArrayList<>());
        }
    }

    public String name() {
        return name;
    }

    public Precision precision() {
        return precision;
    }

    public int groups() {
        return logs.size();
    }

    public List<LogEntry> log(int group) {
        return logs.get(group - FIRST_GROUP);
    }

    Collection<Table> tables() {
        return tables.values();
    }

    @Nullable Table find(String table) {
        return tables.get(table);
    }

    Table table(String table) {
        Table found = tables.get(table);
        if (found == null) {
            throw TaosError.noTable(table);
        }
        return found;
    }

    void add(Table table) {
        tables.put(table.name(), table);
        logOf(table).add(new LogEntry.Changed(table.name(), MetaJson.created(table)));
    }

    void drop(Table table) {
        tables.remove(table.name());
        tables.values().removeIf(child -> child.superTable() == table);
        logOf(table).add(new LogEntry.Changed(table.name(), MetaJson.dropped(table)));
    }

    Table child(long id, String table, Table superTable, @Nullable Object[] tags) {
        Table child = Table.child(id, table, superTable, tags);
        add(child);
        return child;
    }

    /** Stores rows and notes them for consumers. A row with the time of an older one takes its place. */
    void write(Table table, List<@Nullable Object[]> rows) {
        rows.forEach(table::put);
        Table superTable = table.superTable();
        logOf(table)
                .add(new LogEntry.Written(
                        table.name(),
                        superTable == null ? null : superTable.name(),
                        table.columns(),
                        rows,
                        table.tags(),
                        Arrays.asList(table.tagValues().clone())));
    }

    void altered(Table table, Column column, int kind) {
        logOf(table).add(new LogEntry.Changed(table.name(), MetaJson.altered(table, column, kind)));
    }

    int groupOf(Table table) {
        return FIRST_GROUP + Math.floorMod(table.name().hashCode(), logs.size());
    }

    private List<LogEntry> logOf(Table table) {
        return log(groupOf(table));
    }
}
