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

    /** What one table gets, in the order in which it came: rows one by one, and whole columns. */
    private record Pending(Database database, List<List<@Nullable Object[]>> runs) {

        void add(@Nullable Object[] row) {
            List<@Nullable Object[]> last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (!(last instanceof ArrayList)) {
                last = new ArrayList<>();
                runs.add(last);
            }
            last.add(row);
        }

        List<@Nullable Object[]> rows() {
            List<@Nullable Object[]> rows = new ArrayList<>();
            runs.forEach(rows::addAll);
            return rows;
        }
    }

    /**
     * Rows of bound columns; tags count only where the table does not exist yet.
     *
     * @return false if something may have to be converted or refused: then nothing was added, and each row has to be
     */
    boolean addAsBound(Insert.Part part, Words.Name name, @Nullable Object[] tags, List<BoundColumn> bound) {
        Database database = session.database(name.database());
        Table table = target(part, name, database, tags, session.moment(database.precision()));
        List<Column> columns = table.columns();
        List<String> names = part.columns();
        if (bound.size() != (names == null ? columns.size() : names.size())) {
            return false;
        }
        @Nullable BoundColumn[] arranged = new BoundColumn[columns.size()];
        int rows = bound.get(0).rows();
        for (int i = 0; i < bound.size(); i++) {
            int place = names == null ? i : place(columns, names.get(i), "column");
            arranged[place] = bound.get(i);
            if (bound.get(i).rows() != rows
                    || !bound.get(i).isKeptAsBound(columns.get(place).type())) {
                return false;
            }
        }
        if (arranged[0] == null || arranged[0].hasNulls()) {
            return false;
        }
        pending(database, table).runs().add(new BoundRows(arranged, rows));
        count += rows;
        return true;
    }

    /** One row; tags count only where the table does not exist yet. */
    void add(Insert.Part part, Words.Name name, @Nullable Object[] tags, @Nullable Object[] values) {
        Database database = session.database(name.database());
        Moment moment = session.moment(database.precision());
        if (part.namesTables()) {
            Table parent = database.table(name.name());
            List<String> columns = Objects.requireNonNull(part.columns());
            expect(columns.size(), values.length);
            SuperRow row = SuperRow.split(parent, columns, values);
            Table table = child(database, row.table(), parent, row.tagNames(), row.tags(), moment);
            store(database, table, row.columns(), row.values(), moment);
        } else {
            store(database, target(part, name, database, tags, moment), part.columns(), values, moment);
        }
    }

    private Table target(Insert.Part part, Words.Name name, Database database, @Nullable Object[] tags, Moment moment) {
        Words.Name superTable = part.superTable();
        if (superTable != null) {
            Table parent = session.database(superTable.database()).table(superTable.name());
            return child(database, name.name(), parent, part.tagNames(), tags, moment);
        }
        Table table = database.table(name.name());
        if (table.isSuper()) {
            throw new TaosError(0x2600, "Insert into super table needs tbname: " + name.name());
        }
        return table;
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
        pending(database, table).add(row);
        count++;
    }

    private Pending pending(Database database, Table table) {
        return pending.computeIfAbsent(table, first -> new Pending(database, new ArrayList<>()));
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
