package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.RowView;
import io.weir.core.TimePrecision;
import io.weir.core.WeirException;
import io.weir.iotdb.protocol.RandomTablet;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.Tablet;
import io.weir.server.iotdb.SharedIotdb;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Tablets into the real server, and what is read back. */
class TabletsIT {

    private static final IotdbClient TREE = RealSession.client(SharedIotdb.url(), Dialect.TREE);
    private static final IotdbClient TABLES = RealSession.client(SharedIotdb.url(), Dialect.TABLE);
    private static final List<IotdbType> ALL = List.of(IotdbType.values());

    @AfterAll
    static void close() {
        TREE.close().then(TABLES.close()).block();
    }

    private static Tablet.Builder columns(Tablet.Builder builder) {
        ALL.forEach(type -> builder.column("c_" + type.name().toLowerCase(java.util.Locale.ROOT), type));
        return builder;
    }

    private static String names() {
        return String.join(
                ",",
                ALL.stream()
                        .map(type -> "c_" + type.name().toLowerCase(java.util.Locale.ROOT))
                        .toList());
    }

    private static Object comparable(Object value, IotdbType type) {
        if (value == null) {
            return "null";
        }
        return switch (type) {
            case BLOB -> "bytes " + Arrays.toString((byte[]) value);
            case FLOAT -> Float.floatToRawIntBits((Float) value);
            case DOUBLE -> Double.doubleToRawLongBits((Double) value);
            default -> value;
        };
    }

    private static List<Object> read(RowView row) {
        Object[] values = new Object[ALL.size()];
        for (int i = 0; i < ALL.size(); i++) {
            Class<?> type = switch (ALL.get(i)) {
                case BLOB -> byte[].class;
                case TIMESTAMP -> Long.class;
                case DATE -> LocalDate.class;
                default -> Object.class;
            };
            values[i] = comparable(row.isNull(i + 1) ? null : row.get(i + 1, type), ALL.get(i));
        }
        return List.of(values);
    }

    /** What is in the database afterwards: the last value that is not null for each time, whole rows that are null not. */
    private static Map<Long, List<Object>> expected(RandomTablet made) {
        Map<Long, List<Object>> rows = new TreeMap<>();
        for (Object[] row : made.rows()) {
            Object[] values = new Object[ALL.size()];
            for (int i = 0; i < ALL.size(); i++) {
                values[i] = comparable(row[i + 1], ALL.get(i));
            }
            rows.put((Long) row[0], List.of(values));
        }
        return rows;
    }

    private static long[] times(Random random, int count) {
        List<Integer> numbers = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        if (random.nextBoolean()) {
            java.util.Collections.shuffle(numbers, random);
        }
        return numbers.stream().mapToLong(i -> i).toArray();
    }

    @Test
    void whatWasWrittenToDevicesIsReadBackWhateverTheTypesNullsAndOrder() {
        Random random = new Random(11);
        TREE.execute("delete database root.tablets").onErrorComplete().block();
        for (int round = 0; round < 12; round++) {
            String device = "root.tablets.d" + round;
            Tablet tablet =
                    columns(Tablet.ofDevice(device).aligned(round % 2 == 0)).build();
            RandomTablet made = RandomTablet.fill(tablet, ALL, times(random, 1 + random.nextInt(40)), random);
            assertThat(TREE.writes().insertTablet(tablet).block())
                    .isEqualTo(WriteResult.written(made.rows().size()));

            Map<Long, List<Object>> found = new TreeMap<>();
            TREE.query("select " + names() + " from " + device, row -> found.put(row.getLong(0), read(row)) == null)
                    .then()
                    .block();
            Map<Long, List<Object>> expected = expected(made);
            // A row of nulls only is no row in the tree model.
            expected.values().removeIf(values -> values.stream().allMatch("null"::equals));
            assertThat(found).as("round %s", round).isEqualTo(expected);
        }
        TREE.execute("delete database root.tablets").block();
    }

    @Test
    void whatWasWrittenToTablesIsReadBackWhateverTheTypesNullsAndOrder() {
        Random random = new Random(12);
        RealSession.inDatabase(
                        TABLES,
                        "tablets",
                        session -> Flux.range(0, 8).concatMap(round -> {
                            Tablet tablet = columns(Tablet.ofTable("t" + round)).build();
                            RandomTablet made =
                                    RandomTablet.fill(tablet, ALL, times(random, 1 + random.nextInt(40)), random);
                            Map<Long, List<Object>> found = new TreeMap<>();
                            return session.writes()
                                    .insertTablet(tablet)
                                    .thenMany(session.query(
                                            "select time," + names() + " from t" + round,
                                            row -> found.put(row.get(0, Long.class), read(row)) == null))
                                    .then(Mono.fromRunnable(() -> assertThat(found)
                                            .as("round %s", round)
                                            .isEqualTo(expected(made))));
                        }))
                .blockLast();
    }

    @Test
    void tagsAndAttributesMakeTheTable() {
        Tablet tablet = Tablet.ofTable("machines")
                .tag("line")
                .attribute("model")
                .column("temperature", IotdbType.DOUBLE)
                .build();
        for (int i = 0; i < 6; i++) {
            tablet.row(i / 3).set("line", "l" + i % 3).set("model", "m" + i % 3).set("temperature", 20.5 + i);
        }
        StepVerifier.create(RealSession.inDatabase(
                        TABLES,
                        "tagged",
                        session -> session.writes()
                                .insertTablet(tablet)
                                .thenMany(session.query(
                                        "select line, model, temperature from machines where time = 1 order by line",
                                        row -> row.getString(0) + row.getString(1) + row.getDouble(2)))))
                .expectNext("l0m023.5", "l1m124.5", "l2m225.5")
                .verifyComplete();
    }

    /** Why an INSERT of the R2DBC driver is never sent as a tablet behind its user's back. */
    @Test
    void aTabletMakesTablesAndColumnsWhereAnInsertIsRefused() {
        StepVerifier.create(RealSession.inDatabase(
                        TABLES,
                        "makes",
                        session -> session.execute("insert into t(time, v) values (1, 1)")
                                .thenReturn("written")
                                .onErrorReturn("refused: no table")
                                .concatWith(session.writes()
                                        .insertTablet(oneOf("v"))
                                        .map(result -> result.rows() + " row makes the table"))
                                .concatWith(session.execute("insert into t(time, w) values (1, 1)")
                                        .thenReturn("written")
                                        .onErrorReturn("refused: no column"))
                                .concatWith(session.writes()
                                        .insertTablet(oneOf("w"))
                                        .map(result -> result.rows() + " row makes the column"))))
                .expectNext(
                        "refused: no table", "1 row makes the table", "refused: no column", "1 row makes the column")
                .verifyComplete();
    }

    private static Tablet oneOf(String column) {
        Tablet tablet = Tablet.ofTable("t").column(column, IotdbType.INT32).build();
        tablet.row(1).set(0, 1);
        return tablet;
    }

    @Test
    void aTabletIsFilledAgainAfterItsAnswer() {
        Tablet tablet =
                Tablet.ofDevice("root.again.d").column("v", IotdbType.INT64).build();
        StepVerifier.create(Flux.range(0, 5)
                        .concatMap(round -> {
                            tablet.clear();
                            for (int i = 0; i <= round; i++) {
                                tablet.row(10L * round + i).set(0, i);
                            }
                            return TREE.writes().insertTablet(tablet);
                        })
                        .map(WriteResult::rows)
                        .concatWith(TREE.query("select count(v) from root.again.d", row -> row.getLong(0))))
                .expectNext(1L, 2L, 3L, 4L, 5L, 15L)
                .verifyComplete();
        TREE.execute("delete database root.again").block();
    }

    @Test
    void aLongTabletTravelsInPartsAndArrivesWhole() {
        IotdbClient narrow = IotdbClient.builder()
                .url(SharedIotdb.url())
                .option("maxRequestSize", "64KiB")
                .build();
        Tablet tablet =
                Tablet.ofDevice("root.parts.d").column("s", IotdbType.TEXT).build();
        for (int i = 3000; i-- > 0; ) {
            tablet.row(i).set(0, ("text " + i).repeat(10));
        }
        StepVerifier.create(narrow.writes().insertTablet(tablet).map(WriteResult::rows))
                .expectNext(3000L)
                .verifyComplete();
        StepVerifier.create(TREE.query("select count(s) from root.parts.d", row -> row.getLong(0)))
                .expectNext(3000L)
                .verifyComplete();
        narrow.close().then(TREE.execute("delete database root.parts")).block();
    }

    @Test
    void aColumnOfAnotherTypeIsAnErrorThatOpensUpTheResult() {
        TREE.execute("create timeseries root.wrong.d.v INT32").block();
        Tablet tablet = Tablet.ofDevice("root.wrong.d")
                .column("v", IotdbType.TEXT)
                .column("w", IotdbType.INT32)
                .build();
        tablet.row(1).set(0, "x").set(1, 1);
        StepVerifier.create(TREE.writes().insertTablet(tablet)).verifyErrorSatisfies(e -> {
            WeirException error = (WeirException) e;
            assertThat(error.code()).isEqualTo(507);
            assertThat(error.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
            assertThat(error).hasMessageContaining("root.wrong.d").hasMessageContaining("root.wrong.d.v");
            WriteResult result = ((IncompleteWriteException) error.getCause()).result();
            assertThat(result.rows()).isZero();
            assertThat(result.refusedRows()).isOne();
            assertThat(result.refusals().get(0).target()).isEqualTo("root.wrong.d");
        });
        TREE.execute("delete database root.wrong").block();
    }

    @Test
    void aTabletOfTheOtherModelOrPrecisionIsRefusedBeforeItIsSent() {
        Tablet table = Tablet.ofTable("t").column("v", IotdbType.INT32).build();
        table.row(1).set(0, 1);
        StepVerifier.create(TREE.writes().insertTablet(table))
                .verifyErrorSatisfies(e -> assertThat(e).hasMessageContaining("sqlDialect=table"));
        assertThat(table.isInFlight()).isFalse();

        Tablet nanos = Tablet.ofDevice("root.nanos.d")
                .column("v", IotdbType.INT32)
                .precision(TimePrecision.NANOSECONDS)
                .build();
        nanos.row(Instant.EPOCH).set(0, 1);
        StepVerifier.create(TREE.writes().insertTablet(nanos))
                .verifyErrorSatisfies(e -> assertThat(e).hasMessageContaining("precision(MILLISECONDS)"));
    }

    @Test
    void aTabletWithoutRowsIsNotSent() {
        Tablet empty =
                Tablet.ofDevice("root.empty.d").column("v", IotdbType.INT32).build();
        StepVerifier.create(TREE.writes().insertTablet(empty))
                .expectNext(WriteResult.NOTHING)
                .verifyComplete();
    }
}
