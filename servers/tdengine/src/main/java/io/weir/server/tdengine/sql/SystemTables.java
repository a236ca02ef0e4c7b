package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.block.SqlType;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of information_schema and performance_schema, made when they are asked for. */
final class SystemTables {

    static final String INFORMATION = "information_schema";
    static final String PERFORMANCE = "performance_schema";

    private SystemTables() {}

    static @Nullable Scan find(SqlSession session, Words.Name name) {
        String database = name.database() == null ? session.database() : name.database();
        if (!INFORMATION.equals(database) && !PERFORMANCE.equals(database)) {
            return null;
        }
        Engine engine = session.engine();
        return switch (name.name()) {
            case "ins_databases" -> databases(engine);
            case "ins_stables" -> superTables(engine);
            case "ins_tables" -> tables(engine);
            case "ins_columns" -> columns(engine);
            case "ins_tags" -> tags(engine);
            case "ins_topics" -> topics(engine);
            case "ins_users" ->
                rows(
                        List.of(Column.text("name", 24), Column.of("super", SqlType.TINYINT)),
                        List.<@Nullable Object[]>of(new Object[] {"root", 1L}));
            case "ins_dnodes" ->
                rows(
                        List.of(Column.of("id", SqlType.INT), Column.text("endpoint", 134), Column.text("status", 10)),
                        List.<@Nullable Object[]>of(new Object[] {1L, "localhost:6030", "ready"}));
            case "perf_queries" -> queries(engine);
            default -> throw TaosError.noTable(name.name());
        };
    }

    private static Scan rows(List<Column> columns, List<@Nullable Object[]> rows) {
        return Scan.of(columns, rows);
    }

    private static Scan databases(Engine engine) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(new Object[] {INFORMATION, null, null, null, null});
        rows.add(new Object[] {PERFORMANCE, null, null, null, null});
        for (Database database : engine.databases()) {
            long tables =
                    database.tables().stream().filter(table -> !table.isSuper()).count();
            rows.add(new Object[] {
                database.name(),
                (long) database.groups(),
                tables,
                database.precision().word(),
                "ready"
            });
        }
        return rows(
                List.of(
                        Column.text("name", 64),
                        Column.of("vgroups", SqlType.INT),
                        Column.of("ntables", SqlType.BIGINT),
                        Column.text("precision", 2),
                        Column.text("status", 10)),
                rows);
    }

    private static Scan superTables(Engine engine) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Database database : engine.databases()) {
            for (Table table : database.tables()) {
                if (table.isSuper()) {
                    rows.add(new Object[] {
                        table.name(),
                        database.name(),
                        (long) table.columns().size(),
                        (long) table.tags().size()
                    });
                }
            }
        }
        return rows(
                List.of(
                        Column.text("stable_name", 192),
                        Column.text("db_name", 64),
                        Column.of("columns", SqlType.INT),
                        Column.of("tags", SqlType.INT)),
                rows);
    }

    private static Scan tables(Engine engine) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Database database : engine.databases()) {
            for (Table table : database.tables()) {
                if (!table.isSuper()) {
                    rows.add(new Object[] {
                        table.name(),
                        database.name(),
                        nameOf(table.superTable()),
                        table.id(),
                        type(table),
                        (long) table.columns().size(),
                        (long) database.groupOf(table)
                    });
                }
            }
        }
        return rows(
                List.of(
                        Column.text("table_name", 192),
                        Column.text("db_name", 64),
                        Column.text("stable_name", 192),
                        Column.of("uid", SqlType.BIGINT),
                        Column.text("type", 20),
                        Column.of("columns", SqlType.INT),
                        Column.of("vgroup_id", SqlType.INT)),
                rows);
    }

    private static Scan columns(Engine engine) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Database database : engine.databases()) {
            for (Table table : database.tables()) {
                for (Column column : table.columns()) {
                    boolean decimal = column.type().kind().isDecimal();
                    rows.add(new Object[] {
                        table.name(),
                        database.name(),
                        type(table),
                        column.name(),
                        Describe.typeName(column),
                        (long) column.type().length(),
                        decimal ? (long) column.type().precision() : null,
                        decimal ? (long) column.type().scale() : null,
                        1L
                    });
                }
            }
        }
        return rows(
                List.of(
                        Column.text("table_name", 192),
                        Column.text("db_name", 64),
                        Column.text("table_type", 20),
                        Column.text("col_name", 64),
                        Column.text("col_type", 32),
                        Column.of("col_length", SqlType.INT),
                        Column.of("col_precision", SqlType.INT),
                        Column.of("col_scale", SqlType.INT),
                        Column.of("col_nullable", SqlType.INT)),
                rows);
    }

    private static Scan tags(Engine engine) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Database database : engine.databases()) {
            for (Table table : database.tables()) {
                for (int i = 0; table.superTable() != null && i < table.tags().size(); i++) {
                    Column tag = table.tags().get(i);
                    Object value = table.tagValues()[i];
                    rows.add(new Object[] {
                        table.name(),
                        database.name(),
                        nameOf(table.superTable()),
                        tag.name(),
                        Describe.typeName(tag),
                        value == null ? null : Coercion.text(value)
                    });
                }
            }
        }
        return rows(
                List.of(
                        Column.text("table_name", 192),
                        Column.text("db_name", 64),
                        Column.text("stable_name", 192),
                        Column.text("tag_name", 64),
                        Column.text("tag_type", 32),
                        Column.text("tag_value", 16384)),
                rows);
    }

    private static Scan topics(Engine engine) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Topic topic : engine.topics().values()) {
            rows.add(new Object[] {topic.name(), topic.database(), topic.sql()});
        }
        return rows(
                List.of(Column.text("topic_name", 192), Column.text("db_name", 64), Column.text("sql", 1024)), rows);
    }

    private static Scan queries(Engine engine) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Running running : engine.running().all()) {
            long micros =
                    Duration.between(running.since(), engine.clock().instant()).toNanos() / 1000;
            rows.add(new Object[] {
                running.killId(),
                BigInteger.valueOf(running.requestId()),
                running.session().id(),
                running.session().app(),
                running.session().user(),
                Precision.MILLIS.of(running.since()),
                micros,
                running.sql()
            });
        }
        return rows(
                List.of(
                        Column.text("kill_id", 26),
                        Column.of("query_id", SqlType.UBIGINT),
                        Column.of("conn_id", SqlType.UINT),
                        Column.text("app", 23),
                        Column.text("user", 24),
                        Column.of("create_time", SqlType.TIMESTAMP),
                        Column.of("exec_usec", SqlType.BIGINT),
                        Column.text("sql", 2048)),
                rows);
    }

    private static @Nullable String nameOf(@Nullable Table table) {
        return table == null ? null : table.name();
    }

    private static String type(Table table) {
        if (table.isSuper()) {
            return "SUPER_TABLE";
        }
        return table.superTable() == null ? "NORMAL_TABLE" : "CHILD_TABLE";
    }
}
