package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.block.ColumnType;
import io.weir.server.tdengine.block.SqlType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores schemaless rows: makes super tables, children and columns that are missing. */
public final class PointWriter {

    private static final int FIRST_LENGTH = 64;

    private PointWriter() {}

    /** All or none. */
    public static int write(SqlSession session, List<Point> points) {
        return session.engine().locked(() -> {
            Database database = session.currentDatabase();
            Writes writes = new Writes(session);
            for (Point point : points) {
                Table superTable = superTable(session.engine(), database, point);
                String table = point.table() != null ? point.table() : childName(point);
                List<String> columns = new ArrayList<>();
                List<@Nullable Object> values = new ArrayList<>();
                columns.add(superTable.columns().get(0).name());
                values.add(time(point, session, database.precision()));
                point.values().forEach((name, value) -> {
                    columns.add(name);
                    values.add(value);
                });
                writes.add(
                        new Insert.Part(
                                null,
                                null,
                                new Words.Name(null, point.measurement()),
                                List.copyOf(point.tags().keySet()),
                                null,
                                columns,
                                List.of()),
                        new Words.Name(null, table),
                        point.tags().values().toArray(),
                        values.toArray());
            }
            return writes.finish();
        });
    }

    private static Object time(Point point, SqlSession session, Precision precision) {
        Long nanos = point.time();
        return nanos == null
                ? precision.of(session.engine().clock().instant())
                : precision.of(Precision.NANOS.instant(nanos));
    }

    private static String childName(Point point) {
        String key = point.measurement() + "," + point.tags();
        return "t_"
                + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }

    private static Table superTable(Engine engine, Database database, Point point) {
        Table known = database.find(point.measurement());
        if (known == null) {
            List<Column> columns = new ArrayList<>();
            columns.add(Column.of("_ts", SqlType.TIMESTAMP));
            point.values().forEach((name, value) -> columns.add(new Column(name, type(value))));
            List<Column> tags = new ArrayList<>();
            for (Map.Entry<String, String> tag : point.tags().entrySet()) {
                tags.add(new Column(tag.getKey(), ColumnType.of(SqlType.NCHAR, length(tag.getValue()))));
            }
            if (tags.isEmpty()) {
                tags.add(new Column("_tag_null", ColumnType.of(SqlType.NCHAR, 1)));
            }
            known = Table.superTable(
                    engine.nextTableId(), point.measurement(), List.copyOf(columns), List.copyOf(tags));
            database.add(known);
        }
        Table table = known;
        Scope scope = new Scope(table.columns());
        point.values().forEach((name, value) -> {
            if (!scope.has(name)) {
                Column added = new Column(name, type(value));
                table.addColumn(added);
                database.altered(table, added, MetaJson.ADD_COLUMN);
            } else if (!sameFamily(scope.column(name).type().kind(), type(value).kind())) {
                throw new TaosError(
                        0x3002,
                        "Invalid data format: " + name + " is a "
                                + scope.column(name).type().sqlName());
            }
        });
        return table;
    }

    private static boolean sameFamily(SqlType there, SqlType given) {
        return there == given
                || (there.isFixed() && given.isFixed() && (there == SqlType.BOOL) == (given == SqlType.BOOL));
    }

    private static ColumnType type(Object value) {
        if (value instanceof Boolean) {
            return ColumnType.of(SqlType.BOOL);
        } else if (value instanceof Long) {
            return ColumnType.of(SqlType.BIGINT);
        } else if (value instanceof BigInteger) {
            return ColumnType.of(SqlType.UBIGINT);
        } else if (value instanceof Double) {
            return ColumnType.of(SqlType.DOUBLE);
        }
        return ColumnType.of(SqlType.VARCHAR, length(value.toString()));
    }

    /** With room for longer values to come. */
    private static int length(String text) {
        return Math.max(FIRST_LENGTH, 2 * Texts.utf8(text).length);
    }
}
