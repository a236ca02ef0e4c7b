package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.manner.Manner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gathers the rows of one write, checks them all, and stores them only then. */
final class Writes {

    private final SqlSession session;
    private final Map<Table, Pending> pending = new LinkedHashMap<>();
    private final Map<String, Table> created = new LinkedHashMap<>();
    private int count;

    Writes(SqlSession session) {
        this.session = session;
    }

    /** A value that can only be computed when the precision is known. */
    record Later(Expr expr, SqlSession session) {
        @Nullable Object value(Precision precision) {
            return new Evaluator(new Scope(List.of()), List.of(), session.moment(precision), session)
                    .value(expr, new Object[0]);
        }
    }

    private record Pending(Database database, List<@Nullable Object[]> rows) {}

    /** One row; tags count only where the table does not exist yet. */
    void add(Insert.Part part, Words.Name name, @Nullable Object[] tags, @Nullable Object[] values) {
        Database database = session.database(name.database());
        Moment moment = session.moment(database.precision());
        Words.Name superTable = part.superTable();
        if (part.namesTables()) {
            Table parent = database.table(name.name());
            List<String> columns = Objects.requireNonNull(part.columns());
            expect(columns.size(), values.length);
            SuperRow row = SuperRow.split(parent, columns, values);
            Table table = child(database, row.table(), parent, row.tagNames(), row.tags(), moment);
            store(database, table, row.columns(), row.values(), moment);
        } else if (superTable != null) {
            Table parent = session.database(superTable.database()).table(superTable.name());
            Table table = child(database, name.name(), parent, part.tagNames(), tags, moment);
            store(database, table, part.columns(), values, moment);
        } else {
            Table table = database.table(name.name());
            if (table.isSuper()) {
                throw new TaosError(0x2600, "Insert into super table needs tbname: " + name.name());
            }
            store(database, table, part.columns(), values, moment);
        }
    }

    private Table child(
            Database database,
            String name,
            Table parent,
            @Nullable List<String> tagNames,
            @Nullable Object[] tags,
            Moment moment) {
        Table known = database.find(name);
        if (known == null) {
            known = created.get(name);
        }
        if (known == null) {
            @Nullable Object[] values = arranged(parent.tags(), tagNames, tags, moment, "tag");
            known = Table.child(session.engine().nextTableId(), name, parent, values);
            created.put(name, known);
        }
        return known;
    }

    private void store(
            Database database, Table table, @Nullable List<String> columns, @Nullable Object[] values, Moment moment) {
        @Nullable Object[] row = arranged(table.columns(), columns, values, moment, "column");
        if (row[0] == null) {
            throw new TaosError(0x2606, "Primary timestamp column should not be null");
        }
        pending.computeIfAbsent(table, first -> new Pending(database, new ArrayList<>()))
                .rows()
                .add(row);
        count++;
    }

    /** Values in the table's own order, converted to its types; what was left out is NULL. */
    static @Nullable Object[] arranged(
            List<Column> columns, @Nullable List<String> names, @Nullable Object[] values, Moment moment, String what) {
        @Nullable Object[] row = new Object[columns.size()];
        expect(names == null ? columns.size() : names.size(), values.length);
        for (int i = 0; i < values.length; i++) {
            int place = names == null ? i : place(columns, names.get(i), what);
            Object value = values[i] instanceof Later later ? later.value(moment.precision()) : values[i];
            row[place] = Coercion.store(value, columns.get(place), moment);
        }
        return row;
    }

    private static int place(List<Column> columns, String name, String what) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new TaosError(0x2602, "Invalid " + what + " name: " + name);
    }

    private static void expect(int wanted, int given) {
        if (wanted != given) {
            throw new TaosError(0x0216, wanted + " values expected, " + given + " given");
        }
    }

    /** Stores everything and says how many rows that were. */
    int finish() {
        boolean discard = session.engine().manners().is(Manner.DISCARD_WRITES);
        pending.forEach((table, rows) -> {
            if (created.get(table.name()) == table) {
                rows.database().add(table);
            }
            if (!discard) {
                rows.database().write(table, rows.rows());
            }
        });
        return count;
    }
}
