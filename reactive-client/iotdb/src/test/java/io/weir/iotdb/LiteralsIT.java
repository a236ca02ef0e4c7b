package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ResultPart;
import io.weir.core.RowView;
import io.weir.iotdb.type.CallLimits;
import io.weir.iotdb.type.Dialect;
import io.weir.server.iotdb.SharedIotdb;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Values of every type go into the real server as literals and come out as they were. */
class LiteralsIT {

    private static final int VALUES_OF_EACH_TYPE = 10_000;
    private static final int PER_INSERT = 200;

    private static final String[] SNIPPETS = {
        "'",
        "''",
        "\\",
        "\\'",
        "\"",
        "`",
        "--",
        "/*",
        "*/",
        ";",
        "?",
        ":name",
        "$1",
        "\n",
        "\r\n",
        "\t",
        "\u0000",
        "\u0001",
        "\u007f",
        "\u0085",
        "\u2028",
        "\ufeff",
        "\uffff",
        "ä",
        "中",
        "😀",
        "\ud83d\udc69\u200d\ud83d\ude80",
        " ",
        "NULL",
        "null",
        "X'00'",
        "');DROP DATABASE x--",
        "%",
        "_",
        "\\n",
        "\\u0041",
        "{}",
        "<a>",
        "root.**"
    };

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    /** One row's values in the order of the columns; null for a null. */
    private Object[] row() {
        return new Object[] {
            text(),
            text(),
            bytes(),
            random.nextBoolean(),
            random.nextInt(),
            extremeOr(random.nextLong(), Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L),
            aFloat(),
            aDouble(),
            Instant.ofEpochMilli(extremeOr(random.nextLong(), Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L)),
            LocalDate.of(1000 + random.nextInt(9000), 1, 1).plusDays(random.nextInt(365))
        };
    }

    private static final String[] COLUMNS = {"t", "s", "bin", "b", "i", "l", "f", "d", "ts", "da"};
    private static final String[] TYPES = {
        "TEXT", "STRING", "BLOB", "BOOLEAN", "INT32", "INT64", "FLOAT", "DOUBLE", "TIMESTAMP", "DATE"
    };

    private long extremeOr(long value, long... extremes) {
        return random.nextInt(20) == 0 ? extremes[random.nextInt(extremes.length)] : value;
    }

    private float aFloat() {
        float value = Float.intBitsToFloat(random.nextInt());
        return Float.isInfinite(value) ? -0.0f : value;
    }

    private double aDouble() {
        double value = switch (random.nextInt(4)) {
            case 0 -> random.nextInt() / 100.0;
            case 1 -> random.nextGaussian();
            default -> Double.longBitsToDouble(random.nextLong());
        };
        return Double.isInfinite(value) ? -0.0 : value;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(100) == 0 ? 2000 : random.nextInt(6);
        for (int i = 0; i < parts; i++) {
            switch (random.nextInt(3)) {
                case 0 -> text.append(SNIPPETS[random.nextInt(SNIPPETS.length)]);
                case 1 -> text.append((char) random.nextInt(0x80));
                default -> {
                    int point = random.nextInt(Character.MAX_CODE_POINT + 1);
                    boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
                    text.appendCodePoint(half ? 'x' : point);
                }
            }
        }
        return text.toString();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Object read(RowView row, int column, Object expected) {
        return expected == null ? row.get(column) : row.get(column, expected.getClass());
    }

    @ParameterizedTest
    @EnumSource
    void whatGoesInComesOut(Dialect dialect) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < VALUES_OF_EACH_TYPE; i++) {
            Object[] values = row();
            // Nulls among the rest, but never instead of one of the ten thousand.
            rows.add(values);
            if (random.nextInt(20) == 0) {
                Object[] holes = row();
                Arrays.setAll(holes, c -> random.nextBoolean() ? null : holes[c]);
                // A row of nothing but nulls is none in the tree model.
                holes[4] = 1;
                rows.add(holes);
            }
        }
        IotdbClient client = IotdbClient.builder()
                .url(SharedIotdb.url())
                .option(IotdbOptions.SQL_DIALECT, dialect)
                .build();
        AtomicInteger seen = new AtomicInteger();
        try {
            client.inSession(session -> work(session, dialect, rows, seen)).blockLast();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        } finally {
            client.close().block();
        }
        System.out.println("LiteralsIT, " + dialect + ": " + seen + " rows of " + COLUMNS.length
                + " types in and out, seed " + seed);
        assertThat(seen.get()).isEqualTo(rows.size());
    }

    private Publisher<Object> work(IotdbSession session, Dialect dialect, List<Object[]> rows, AtomicInteger seen) {
        boolean table = dialect == Dialect.TABLE;
        String database = table ? "literals" : "root.literals";
        List<String> before = new ArrayList<>();
        before.add("create database " + database);
        if (table) {
            StringJoiner columns = new StringJoiner(" field, ", "create table v(", " field)");
            for (int c = 0; c < COLUMNS.length; c++) {
                columns.add(COLUMNS[c] + " " + TYPES[c]);
            }
            before.add("use literals");
            before.add(columns.toString());
        } else {
            StringJoiner columns = new StringJoiner(", ", "create aligned timeseries root.literals.v(", ")");
            for (int c = 0; c < COLUMNS.length; c++) {
                columns.add(COLUMNS[c] + " " + TYPES[c]);
            }
            before.add(columns.toString());
        }
        String names = String.join(", ", COLUMNS);
        String query =
                table ? "select time, " + names + " from v order by time" : "select " + names + " from root.literals.v";
        return succeed(session, List.of((table ? "drop database if exists " : "delete database ") + database))
                .onErrorComplete()
                .thenMany(succeed(session, before))
                .thenMany(succeed(session, inserts(session, table, rows)))
                .thenMany(session.query(query, row -> check(row, rows.get((int) row.getLong(0)), seen)))
                .thenMany(succeed(session, List.of((table ? "drop database " : "delete database ") + database)))
                .cast(Object.class);
    }

    private static Object check(RowView row, Object[] expected, AtomicInteger seen) {
        seen.incrementAndGet();
        for (int c = 0; c < expected.length; c++) {
            Object value = read(row, c + 1, expected[c]);
            if (!Objects.deepEquals(value, expected[c])) {
                throw new AssertionError(
                        "row " + row.getLong(0) + ", " + COLUMNS[c] + ": " + expected[c] + " became " + value);
            }
        }
        return seen;
    }

    private static List<String> inserts(IotdbSession session, boolean table, List<Object[]> rows) {
        String into = table
                ? "insert into v(time, " + String.join(", ", COLUMNS) + ") values "
                : "insert into root.literals.v(time, " + String.join(", ", COLUMNS) + ") aligned values ";
        List<String> statements = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += PER_INSERT) {
            StringJoiner values = new StringJoiner(", ", into, "");
            for (int i = from; i < Math.min(rows.size(), from + PER_INSERT); i++) {
                StringJoiner tuple = new StringJoiner(", ", "(", ")").add(String.valueOf(i));
                for (Object value : rows.get(i)) {
                    tuple.add(session.literal(value));
                }
                values.add(tuple.toString());
            }
            statements.add(values.toString());
        }
        return statements;
    }

    private static Flux<Void> succeed(IotdbSession session, List<String> statements) {
        return session.run(statements, CallLimits.within(Duration.ZERO))
                .concatMap(part ->
                        part instanceof ResultPart.Failure refusal ? Mono.error(refusal.error()) : Mono.empty());
    }
}
