package io.weir.iotdb.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.weir.iotdb.type.Dialect;
import io.weir.server.iotdb.SharedIotdb;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Values made at random go in through {@code bind}, in every Java type that stands for them, and come out through
 * {@code get} as they were.
 */
@ExtendWith(Shared.class)
class IotdbRandomValuesIT {

    private static final int ROWS = 2000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

    private static final String[] SNIPPETS = {
        "'",
        "''",
        "\"",
        "`",
        "\\",
        "\\'",
        "--",
        "/*",
        "*/",
        ";",
        "?",
        ":i",
        "$1",
        "\n",
        "\r",
        "\t",
        "\0",
        "%",
        "NULL",
        "X'00'",
        "'); DROP TABLE victim; --",
        "\u00e4",
        "\u4e2d",
        "\ud83d\ude00",
        "\u2028",
        "\ufeff"
    };

    private enum Column {
        B("BOOLEAN", Boolean.class),
        I("INT32", Integer.class),
        L("INT64", Long.class),
        F("FLOAT", Float.class),
        D("DOUBLE", Double.class),
        X("TEXT", String.class),
        S("STRING", String.class),
        O("BLOB", ByteBuffer.class),
        DAY("DATE", LocalDate.class),
        AT("TIMESTAMP", Instant.class);

        private final String type;
        private final Class<?> java;

        Column(String type, Class<?> java) {
            this.type = type;
            this.java = java;
        }
    }

    private final TestDatabase database;
    private final long seed = Long.getLong("weir.test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    IotdbRandomValuesIT(TestDatabase database) {
        this.database = database;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsBoundIsWhatIsGot(Dialect dialect) {
        List<Map<Column, Object>> rows = new ArrayList<>(ROWS);
        for (int i = 0; i < ROWS; i++) {
            rows.add(row());
        }
        String table = dialect == Dialect.TABLE ? database.table(columns(" FIELD")) : "root." + database.name();
        List<Map<Column, Object>> got = Flux.usingWhen(
                        ConnectionFactories.get(url(dialect)).create(),
                        c -> thereAndBack(c, dialect, table, rows),
                        Connection::close)
                .collectList()
                .block(PATIENCE);
        assertThat(got).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            assertThat(got.get(i)).as("row %d of seed %d", i, seed).isEqualTo(rows.get(i));
        }
        System.out.println("IotdbRandomValuesIT, " + dialect + ": " + ROWS + " values of each of "
                + Column.values().length + " types, seed " + seed);
    }

    private String url(Dialect dialect) {
        return (dialect == Dialect.TABLE ? database.url() + "&" : SharedIotdb.url() + "?") + "zone=" + ZONE;
    }

    private Flux<Map<Column, Object>> thereAndBack(
            Connection connection, Dialect dialect, String table, List<Map<Column, Object>> rows) {
        String values = "VALUES (:time, :" + names(", :") + ")";
        if (dialect == Dialect.TABLE) {
            return Flux.concat(
                    insert(connection, "INSERT INTO " + table + "(time, " + names(", ") + ") " + values, rows),
                    select(connection, "SELECT time, " + names(", ") + " FROM " + table + " ORDER BY time"));
        }
        return Flux.concat(
                TestDatabase.execute(connection, "CREATE DATABASE " + table),
                TestDatabase.execute(connection, "CREATE ALIGNED TIMESERIES " + table + ".v(" + columns("") + ")"),
                insert(connection, "INSERT INTO " + table + ".v(time, " + names(", ") + ") ALIGNED " + values, rows),
                select(connection, "SELECT " + names(", ") + " FROM " + table + ".v"),
                TestDatabase.execute(connection, "DELETE DATABASE " + table));
    }

    private <T> Flux<T> insert(Connection connection, String sql, List<Map<Column, Object>> rows) {
        return Flux.defer(() -> {
            Statement statement = connection.createStatement(sql);
            for (int i = 0; i < rows.size(); i++) {
                if (i > 0) {
                    statement.add();
                }
                statement.bind("time", i);
                for (Column column : Column.values()) {
                    Object value = rows.get(i).get(column);
                    if (value == null) {
                        statement.bindNull(name(column), column.java);
                    } else {
                        statement.bind(name(column), disguised(column, value));
                    }
                }
            }
            return Flux.from(statement.execute())
                    .concatMap(Result::getRowsUpdated)
                    .thenMany(Flux.empty());
        });
    }

    private static Flux<Map<Column, Object>> select(Connection connection, String sql) {
        return Flux.defer(() -> Flux.from(connection.createStatement(sql).execute())
                .concatMap(result -> result.map(IotdbRandomValuesIT::values)));
    }

    private static Map<Column, Object> values(Readable row) {
        Map<Column, Object> values = new EnumMap<>(Column.class);
        int at = 1;
        for (Column column : Column.values()) {
            values.put(column, row.get(at++, column.java));
        }
        return values;
    }

    private static String name(Column column) {
        return column.name().toLowerCase(Locale.ROOT);
    }

    private static String names(String delimiter) {
        return Stream.of(Column.values()).map(IotdbRandomValuesIT::name).collect(Collectors.joining(delimiter));
    }

    private static String columns(String category) {
        return Stream.of(Column.values())
                .map(column -> name(column) + " " + column.type + category)
                .collect(Collectors.joining(", "));
    }

    /** With a null now and then. */
    private Map<Column, Object> row() {
        Map<Column, Object> row = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            // Never all of them: such a row is none in the tree model.
            boolean none = column != Column.I && random.nextInt(20) == 0;
            row.put(column, none ? null : value(column));
        }
        return row;
    }

    private Object value(Column column) {
        return switch (column) {
            case B -> random.nextBoolean();
            case I -> random.nextInt() >> random.nextInt(32);
            case L -> extreme(random.nextLong() >> random.nextInt(64));
            case F -> aFloat();
            case D -> aDouble();
            case X, S -> text();
            case O -> bytes();
            case DAY -> LocalDate.of(1000 + random.nextInt(9000), 1, 1).plusDays(random.nextInt(365));
            case AT -> Instant.ofEpochMilli(random.nextLong() >> 20);
        };
    }

    private long extreme(long value) {
        return switch (random.nextInt(20)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            default -> value;
        };
    }

    private float aFloat() {
        float value = Float.intBitsToFloat(random.nextInt());
        return Float.isInfinite(value) ? Float.MIN_VALUE : value;
    }

    private double aDouble() {
        double value = random.nextBoolean() ? Double.longBitsToDouble(random.nextLong()) : random.nextInt() / 1000.0;
        return Double.isInfinite(value) ? -0.0 : value;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(8); parts > 0; parts--) {
            if (random.nextBoolean()) {
                text.append(SNIPPETS[random.nextInt(SNIPPETS.length)]);
            } else {
                text.append((char) random.nextInt(Character.MIN_SURROGATE));
            }
        }
        return text.toString();
    }

    private ByteBuffer bytes() {
        byte[] bytes = new byte[random.nextInt(30)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** The same value in another of the types that may be bound for it. */
    private Object disguised(Column column, Object value) {
        int form = random.nextInt(4);
        return switch (column) {
            case I, L -> whole(((Number) value).longValue(), value, form);
            case D -> {
                double number = (Double) value;
                yield form == 0 && Double.isFinite(number) && number != 0 && Math.abs(number) > 1e-300
                        ? new BigDecimal(Double.toString(number))
                        : value;
            }
            case X, S -> {
                String text = (String) value;
                yield switch (form) {
                    case 0 -> CharBuffer.wrap(text);
                    case 1 -> Clob.from(Mono.just(text));
                    default -> text;
                };
            }
            case O -> {
                byte[] bytes = ((ByteBuffer) value).array();
                yield form == 0 ? bytes.clone() : form == 1 ? Blob.from(Mono.just(ByteBuffer.wrap(bytes))) : value;
            }
            case AT -> {
                Instant moment = (Instant) value;
                yield switch (form) {
                    case 0 -> moment.atOffset(ZoneOffset.ofHours(-3));
                    case 1 -> moment.atZone(ZONE);
                    // What the session's zone skips or repeats has no local time of its own.
                    case 2 -> unambiguous(moment);
                    default -> moment;
                };
            }
            default -> value;
        };
    }

    private static Object whole(long number, Object value, int form) {
        return switch (form) {
            case 0 -> BigInteger.valueOf(number);
            case 1 -> BigDecimal.valueOf(number);
            case 2 ->
                number == (byte) number ? (Object) (byte) number : number == (short) number ? (short) number : number;
            default -> value;
        };
    }

    private static Object unambiguous(Instant moment) {
        LocalDateTime local = LocalDateTime.ofInstant(moment, ZONE);
        return local.atZone(ZONE).toInstant().equals(moment) ? local : moment;
    }
}
