package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.block.SqlType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the statements of {@link DdlParser} do. */
final class Ddl {

    private Ddl() {}

    static void use(SqlSession session, String name) {
        boolean virtual = List.of(SystemTables.INFORMATION, SystemTables.PERFORMANCE, Generated.DATABASE)
                .contains(name);
        session.use(virtual ? name : session.engine().database(name).name());
    }

    static void createDatabase(Engine engine, Database database, boolean quiet) {
        if (!engine.hasDatabase(database.name())) {
            engine.add(database);
        } else if (!quiet) {
            throw new TaosError(0x0381, "Database already exists");
        }
    }

    static void dropDatabase(SqlSession session, String name, boolean quiet) {
        Engine engine = session.engine();
        if (!engine.hasDatabase(name)) {
            if (!quiet) {
                throw TaosError.noDatabase();
            }
            return;
        }
        engine.dropDatabase(name);
        if (name.equals(session.database())) {
            session.use(null);
        }
    }

    static void createTopic(SqlSession session, boolean quiet, Topic topic) {
        if (topic.table() != null) {
            session.database(topic.database()).table(topic.table());
        }
        if (!session.engine().topics().containsKey(topic.name())) {
            session.engine().topics().put(topic.name(), topic);
        } else if (!quiet) {
            throw new TaosError(0x03F0, "Topic already exists");
        }
    }

    static void dropTopic(Engine engine, String name, boolean quiet) {
        if (engine.topics().remove(name) == null && !quiet) {
            throw new TaosError(0x03F1, "Topic not exist");
        }
    }

    static void createTable(
            SqlSession session, Words.Name name, List<Column> columns, List<Column> tags, boolean quiet) {
        Database database = session.database(name.database());
        if (isThere(database, name, quiet)) {
            return;
        }
        if (columns.get(0).type().kind() != SqlType.TIMESTAMP) {
            throw new TaosError(0x2622, "First column must be timestamp");
        }
        long id = session.engine().nextTableId();
        database.add(
                tags.isEmpty()
                        ? Table.plain(id, name.name(), columns)
                        : Table.superTable(id, name.name(), columns, tags));
    }

    static void createChild(
            SqlSession session,
            Words.Name name,
            Words.Name superTable,
            @Nullable List<String> tagNames,
            List<Expr> tags,
            boolean quiet) {
        Database database = session.database(name.database());
        if (isThere(database, name, quiet)) {
            return;
        }
        Table parent = session.database(superTable.database()).table(superTable.name());
        Moment moment = session.moment(database.precision());
        Evaluator evaluator = new Evaluator(new Scope(List.of()), List.of(), moment, session);
        List<@Nullable Object> values = new ArrayList<>();
        tags.forEach(tag -> values.add(evaluator.value(tag, new Object[0])));
        @Nullable Object[] arranged = Writes.arranged(parent.tags(), tagNames, values.toArray(), moment, "tag");
        database.child(session.engine().nextTableId(), name.name(), parent, arranged);
    }

    private static boolean isThere(Database database, Words.Name name, boolean quiet) {
        if (database.find(name.name()) == null) {
            return false;
        } else if (quiet) {
            return true;
        }
        throw new TaosError(0x0603, "Table already exists");
    }

    static void dropTable(SqlSession session, Words.Name name, boolean quiet) {
        Database database = session.database(name.database());
        Table table = database.find(name.name());
        if (table != null) {
            database.drop(table);
        } else if (!quiet) {
            throw TaosError.noTable(name.name());
        }
    }

    static void addColumn(SqlSession session, Words.Name name, Column column) {
        Database database = session.database(name.database());
        Table table = database.table(name.name());
        table.addColumn(column);
        database.altered(table, column, MetaJson.ADD_COLUMN);
    }

    static void dropColumn(SqlSession session, Words.Name name, String column) {
        Database database = session.database(name.database());
        Table table = database.table(name.name());
        int place = new Scope(table.columns()).place(column);
        Column dropped = table.columns().get(place);
        for (Table each : database.tables()) {
            if (each == table || each.superTable() == table) {
                each.cutOut(place);
            }
        }
        table.dropColumn(place);
        database.altered(table, dropped, MetaJson.DROP_COLUMN);
    }

    static void setTag(SqlSession session, Words.Name name, String tag, Expr value) {
        Database database = session.database(name.database());
        Table table = database.table(name.name());
        int place = new Scope(table.tags()).place(tag);
        Moment moment = session.moment(database.precision());
        Object computed = new Evaluator(new Scope(List.of()), List.of(), moment, session).value(value, new Object[0]);
        table.tagValues()[place] = Coercion.store(computed, table.tags().get(place), moment);
    }

    /** Removes what the condition holds for and says how many rows that were. */
    static int delete(SqlSession session, Words.Name name, @Nullable Expr where) {
        Database database = session.database(name.database());
        Table table = database.table(name.name());
        Scan scan = Scan.of(database, table);
        Evaluator evaluator =
                new Evaluator(new Scope(scan.columns()), List.of(), session.moment(database.precision()), session);
        int removed = 0;
        for (Iterator<@Nullable Object[]> rows = scan.rows(); rows.hasNext(); ) {
            @Nullable Object[] row = rows.next();
            if (where == null || evaluator.isTrue(where, row)) {
                database.table(String.valueOf(row[row.length - 1])).remove((Long) Objects.requireNonNull(row[0]));
                removed++;
            }
        }
        return removed;
    }
}
