package io.weir.tdengine.r2dbc;

import static io.weir.tdengine.r2dbc.TestPlace.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Values of chance, of every type, through bind and back: as values of prepared statements, and as literals. */
class RandomValuesTest {

    private static final int ROWS = 200;

    private record Column(String name, String type, Class<?> java, Function<Random, Object> value) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("flag", "BOOL", Boolean.class, Random::nextBoolean),
            new Column("i1", "TINYINT", Byte.class, random -> (byte) random.nextInt()),
            new Column("i2", "SMALLINT", Short.class, random -> (short) random.nextInt()),
            new Column("i4", "INT", Integer.class, Random::nextInt),
            new Column("i8", "BIGINT", Long.class, Random::nextLong),
            new Column("u1", "TINYINT UNSIGNED", Short.class, random -> (short) random.nextInt(256)),
            new Column("u2", "SMALLINT UNSIGNED", Integer.class, random -> random.nextInt(65_536)),
            new Column("u4", "INT UNSIGNED", Long.class, random -> random.nextLong(1L << 32)),
            new Column("u8", "BIGINT UNSIGNED", BigInteger.class, random -> new BigInteger(64, random)),
            new Column("f4", "FLOAT", Float.class, random -> (float) random.nextGaussian() * 1000),
            new Column("f8", "DOUBLE", Double.class, random -> random.nextGaussian() * 1e100),
            new Column("text", "VARCHAR(400)", String.class, RandomValuesTest::text),
            new Column("wide", "NCHAR(100)", String.class, RandomValuesTest::text),
            new Column("bytes", "VARBINARY(100)", ByteBuffer.class, RandomValuesTest::bytes),
            new Column(
                    "small_decimal",
                    "DECIMAL(10,2)",
                    BigDecimal.class,
                    random -> BigDecimal.valueOf(random.nextInt(), 2)),
            new Column(
                    "large_decimal",
                    "DECIMAL(38,10)",
                    BigDecimal.class,
                    random -> new BigDecimal(new BigInteger(120, random), 10)),
            new Column(
                    "moment",
                    "TIMESTAMP",
                    Instant.class,
                    random -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))
                            .truncatedTo(ChronoUnit.MICROS)),
            new Column("blob", "BLOB", ByteBuffer.class, RandomValuesTest::bytes));

    private static Object text(Random random) {
        return random.ints(random.nextInt(60), 1, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Object bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(100)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    static Stream<String> places() {
        return Places.of(StandIn.TWO_STEPS, StandIn.AT_ONCE, StandIn.LITERALS);
    }

    @ParameterizedTest
    @MethodSource("places")
    void whatIsBoundIsReadBack(String place) {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        Random random = new Random(seed);
        String columns = COLUMNS.stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
        List<List<Object>> written = new ArrayList<>();
        try (TestPlace at = Places.at(place).run("CREATE TABLE t (ts TIMESTAMP, " + columns + ")")) {
            List<List<Object>> read = at.connected(c -> Flux.concat(
                    counts(insert(c, random, written)).thenMany(Flux.empty()),
                    Flux.from(c.createStatement("SELECT * FROM t ORDER BY ts").execute())
                            .concatMap(result -> result.map(RandomValuesTest::values), 0)));
            assertThat(read).as("seed " + seed).isEqualTo(written);
        }
    }

    private static Statement insert(Connection connection, Random random, List<List<Object>> written) {
        Statement insert = connection.createStatement("INSERT INTO t VALUES (?" + ", ?".repeat(COLUMNS.size()) + ")");
        for (int row = 0; row < ROWS; row++) {
            List<Object> values = new ArrayList<>();
            (row == 0 ? insert : insert.add()).bind(0, (long) row);
            for (int i = 0; i < COLUMNS.size(); i++) {
                Column column = COLUMNS.get(i);
                if (random.nextInt(10) == 0) {
                    values.add("null");
                    insert.bindNull(i + 1, column.java);
                } else {
                    Object value = column.value.apply(random);
                    values.add(value);
                    insert.bind(i + 1, value);
                }
            }
            written.add(values);
        }
        return insert;
    }

    private static List<Object> values(Readable row) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            Object value = row.get(i + 1, COLUMNS.get(i).java());
            values.add(value == null ? "null" : value);
        }
        return values;
    }
}
