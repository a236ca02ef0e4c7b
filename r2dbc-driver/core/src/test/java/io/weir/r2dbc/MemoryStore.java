package io.weir.r2dbc;

import io.weir.core.Column;
import io.weir.core.Columns;
import io.weir.core.ErrorKind;
import io.weir.core.Kind;
import io.weir.core.WeirException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * As much of a database as the SPI's TestKit needs: tables that are replaced as a whole, so that a copy of the map is a
 * snapshot. Not thread-safe beyond that.
 */
final class MemoryStore {

    private static final Pattern CREATE = Pattern.compile("CREATE TABLE (\\w+) *\\((.*)\\)");
    private static final Pattern DROP = Pattern.compile("DROP TABLE (\\w+)");
    private static final Pattern INSERT = Pattern.compile("INSERT INTO (\\w+) VALUES *\\((.*)\\)");
    private static final Pattern SELECT = Pattern.compile("SELECT (.*) FROM (\\w+)");
    private static final Pattern ITEM = Pattern.compile("(\\w+)(?: AS (\\w+))?");

    private volatile Map<String, Table> committed = Map.of();

    /**
     * A table.
     *
     * @param generated whether the first column numbers its rows by itself
     */
    record Table(List<Column> columns, boolean generated, List<List<@Nullable Object>> rows) {}

    /** What a statement answers: rows, or a count, or neither. */
    record Answer(@Nullable Columns columns, List<List<@Nullable Object>> rows, int changed) {

        static final Answer DONE = new Answer(null, List.of(), -1);
    }

    Map<String, Table> committed() {
        return committed;
    }

    void commit(Map<String, Table> tables) {
        committed = Map.copyOf(tables);
    }

    /**
     * Runs a statement on a copy of the tables.
     *
     * @param values what {@code $0}, {@code $1} and so on stand for
     * @param generated whether generated values are wanted
     */
    static Answer run(String sql, List<Binding.Value> values, boolean generated, Map<String, Table> tables) {
        Matcher matcher = CREATE.matcher(sql);
        if (matcher.matches()) {
            return create(matcher.group(1), matcher.group(2), tables);
        }
        matcher = DROP.matcher(sql);
        if (matcher.matches()) {
            existing(matcher.group(1), tables);
            tables.remove(matcher.group(1));
            return Answer.DONE;
        }
        matcher = INSERT.matcher(sql);
        if (matcher.matches()) {
            return insert(matcher.group(1), matcher.group(2), values, generated, tables);
        }
        matcher = SELECT.matcher(sql);
        if (matcher.matches()) {
            return select(matcher.group(1), existing(matcher.group(2), tables));
        }
        throw WeirException.of(ErrorKind.BAD_REQUEST, "syntax error: " + sql).build();
    }

    private static Answer create(String name, String definition, Map<String, Table> tables) {
        if (tables.containsKey(name)) {
            throw WeirException.of(ErrorKind.BAD_REQUEST, "table exists: " + name)
                    .build();
        }
        List<Column> columns = new ArrayList<>();
        for (String item : definition.split(",", -1)) {
            String[] words = item.strip().split("[ (]+", -1);
            columns.add(new Column(words[0], kind(words[1]), words[1]));
        }
        tables.put(name, new Table(columns, definition.contains("IDENTITY"), List.of()));
        return Answer.DONE;
    }

    private static Kind kind(String type) {
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "INTEGER" -> Kind.INT32;
            case "BLOB" -> Kind.BINARY;
            default -> Kind.TEXT;
        };
    }

    private static Answer insert(
            String name, String list, List<Binding.Value> values, boolean generated, Map<String, Table> tables) {
        Table table = existing(name, tables);
        List<@Nullable Object> row = new ArrayList<>();
        if (table.generated()) {
            row.add(table.rows().size() + 1);
        }
        for (String item : list.split(",", -1)) {
            row.add(value(item.strip(), values));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>(table.rows());
        rows.add(row);
        tables.put(name, new Table(table.columns(), table.generated(), rows));
        return generated && table.generated()
                ? new Answer(Columns.of(table.columns().subList(0, 1)), List.of(row.subList(0, 1)), 1)
                : new Answer(null, List.of(), 1);
    }

    private static @Nullable Object value(String item, List<Binding.Value> values) {
        if (item.startsWith("$")) {
            return values.get(Integer.parseInt(item.substring(1))).value();
        }
        return item.startsWith("'") ? item.substring(1, item.length() - 1) : (Object) Integer.valueOf(item);
    }

    private static Answer select(String list, Table table) {
        List<Column> columns = new ArrayList<>();
        List<Integer> from = new ArrayList<>();
        Matcher item = ITEM.matcher(list);
        while (item.find()) {
            int index = Columns.of(table.columns()).indexOf(item.group(1));
            Column column = table.columns().get(index);
            String label = item.group(2) == null ? column.name() : item.group(2);
            columns.add(new Column(label, column.kind(), column.nativeType()));
            from.add(index);
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : table.rows()) {
            List<@Nullable Object> picked = new ArrayList<>();
            from.forEach(index -> picked.add(row.get(index)));
            rows.add(picked);
        }
        return new Answer(Columns.of(columns), rows, -1);
    }

    private static Table existing(String name, Map<String, Table> tables) {
        Table table = tables.get(name);
        if (table == null) {
            throw WeirException.of(ErrorKind.BAD_REQUEST, "no such table: " + name)
                    .build();
        }
        return table;
    }

    static Map<String, Table> copy(Map<String, Table> tables) {
        return new HashMap<>(tables);
    }
}
