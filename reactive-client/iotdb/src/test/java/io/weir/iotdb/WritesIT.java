package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.WeirException;
import io.weir.iotdb.type.DeviceRow;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.Tablet;
import io.weir.server.iotdb.SharedIotdb;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Records, many tablets and streams into the real server. */
class WritesIT {

    private static final IotdbClient TREE = RealSession.client(SharedIotdb.url(), Dialect.TREE);
    private static final IotdbClient TABLES = RealSession.client(SharedIotdb.url(), Dialect.TABLE);

    @AfterAll
    static void close() {
        TREE.close().then(TABLES.close()).block();
    }

    private static WriteResult write(Mono<WriteResult> write) {
        return write.block();
    }

    private static List<String> rows(String sql, int columns) {
        return TREE.query(
                        sql,
                        row -> IntStream.range(0, columns)
                                .mapToObj(i -> row.isNull(i) ? "null" : String.valueOf(row.get(i, String.class)))
                                .toList()
                                .toString())
                .collectList()
                .block();
    }

    private static WriteResult refusal(Mono<WriteResult> write) {
        return write.onErrorResume(
                        WeirException.class, e -> Mono.just(((IncompleteWriteException) e.getCause()).result()))
                .block();
    }

    @Test
    void recordsOfAllKindsArrive() {
        TREE.execute("delete database root.records").onErrorComplete().block();
        IotdbWrites writes = TREE.writes();
        DeviceRow all = DeviceRow.of("root.records.d1", Instant.ofEpochMilli(1))
                .set("b", true)
                .set("i", 7)
                .set("l", 8L)
                .set("f", 1.5f)
                .set("d", 2.5)
                .set("t", "ä😀")
                .set("x", new byte[] {1, 2})
                .set("ts", Instant.ofEpochMilli(9))
                .set("da", LocalDate.of(2024, 2, 29));
        assertThat(write(writes.insertRecord(all))).isEqualTo(WriteResult.written(1));
        assertThat(rows("select b, i, l, f, d, t from root.records.d1", 7))
                .singleElement()
                .asString()
                .endsWith("true, 7, 8, 1.5, 2.5, ä😀]");
        StepVerifier.create(TREE.query(
                        "select x, ts, da from root.records.d1",
                        row -> List.of(row.get(1, byte[].class).length, row.get(2, Instant.class), row.get(3))))
                .expectNext(List.of(2, Instant.ofEpochMilli(9), LocalDate.of(2024, 2, 29)))
                .verifyComplete();

        assertThat(write(writes.insertRecords(List.of(
                        DeviceRow.of("root.records.d2", 1).set("v", 1),
                        DeviceRow.of("root.records.d3", 1).set("v", 2.5).set("w", "x")))))
                .isEqualTo(WriteResult.written(2));
        assertThat(write(writes.insertRecordsOfOneDevice(List.of(
                        DeviceRow.of("root.records.d4", 3).aligned().set("v", 3),
                        DeviceRow.of("root.records.d4", 1).aligned().set("v", 1)))))
                .isEqualTo(WriteResult.written(2));
        assertThat(write(writes.insertStringRecord(
                        DeviceRow.of("root.records.d5", 1).set("v", "5").set("w", "hello"))))
                .isEqualTo(WriteResult.written(1));
        assertThat(write(writes.insertStringRecords(List.of(
                        DeviceRow.of("root.records.d5", 2).set("v", "6"),
                        DeviceRow.of("root.records.d6", 2).set("v", "true")))))
                .isEqualTo(WriteResult.written(2));
        assertThat(write(writes.insertStringRecordsOfOneDevice(List.of(
                        DeviceRow.of("root.records.d5", 4).set("v", "8"),
                        DeviceRow.of("root.records.d5", 3).set("v", "7")))))
                .isEqualTo(WriteResult.written(2));
        assertThat(rows("select count(v) from root.records.d2, root.records.d4, root.records.d5, root.records.d6", 4))
                .containsExactly("[1, 2, 4, 1]");
        assertThat(rows("select v from root.records.d4", 2)).hasSize(2);
        TREE.execute("delete database root.records").block();
    }

    @Test
    void recordsThatAreRefusedAreNamedAndTheOthersAreWritten() {
        TREE.execute("delete database root.partrec").onErrorComplete().block();
        TREE.execute("create timeseries root.partrec.d2.v INT32").block();
        WriteResult result = refusal(TREE.writes()
                .insertRecords(List.of(
                        DeviceRow.of("root.partrec.d1", 1).set("v", 1),
                        DeviceRow.of("root.partrec.d2", 1).set("v", "text"),
                        DeviceRow.of("root.partrec.d3", 1).set("v", 1))));
        assertThat(rows("select count(v) from root.partrec.d1, root.partrec.d3", 2))
                .containsExactly("[1, 1]");
        assertThat(result.refusals()).isNotEmpty().anySatisfy(refusal -> {
            assertThat(refusal.target()).isEqualTo("root.partrec.d2");
            assertThat(refusal.firstRow()).isOne();
            assertThat(refusal.error().code()).isEqualTo(507);
        });
        assertThat(result.rows() + result.refusedRows()).isEqualTo(3);
        TREE.execute("delete database root.partrec").block();
    }

    @Test
    void badRecordsAreRefusedBeforeTheyAreSent() {
        IotdbWrites writes = TREE.writes();
        StepVerifier.create(writes.insertRecord(DeviceRow.of("root.d", 1)))
                .verifyErrorSatisfies(e -> assertThat(e).hasMessageContaining("Row 0 of root.d has no values"));
        StepVerifier.create(writes.insertStringRecord(DeviceRow.of("root.d", 1).set("v", 5)))
                .verifyErrorSatisfies(e -> assertThat(e).hasMessageContaining("'v' of row 0"));
        StepVerifier.create(writes.insertRecordsOfOneDevice(List.of(
                        DeviceRow.of("root.d", 1).set("v", 5),
                        DeviceRow.of("root.e", 1).set("v", 5))))
                .verifyErrorSatisfies(e -> assertThat(e).hasMessageContaining("insertRecords"));
        StepVerifier.create(writes.insertRecord(
                        DeviceRow.of("root.d", Instant.ofEpochSecond(1, 1)).set("v", 5)))
                .verifyErrorSatisfies(
                        e -> assertThat(e).hasMessageContaining("'time'").hasMessageContaining("finer"));
        StepVerifier.create(
                        TABLES.writes().insertRecord(DeviceRow.of("root.d", 1).set("v", 5)))
                .verifyErrorSatisfies(e -> assertThat(e).hasMessageContaining("Tablet.ofTable"));
    }

    private static Tablet tablet(String device, IotdbType type, int rows) {
        Tablet tablet = Tablet.ofDevice(device).column("v", type).build();
        for (int i = 0; i < rows; i++) {
            tablet.row(i).set(0, type == IotdbType.TEXT ? (Object) "text" : i);
        }
        return tablet;
    }

    @Test
    void tabletsOfManyDevicesTravelTogetherAndThoseThatAreRefusedAreNamed() {
        TREE.execute("delete database root.many").onErrorComplete().block();
        assertThat(write(TREE.writes()
                        .insertTablets(IntStream.range(0, 10)
                                .mapToObj(i -> tablet("root.many.d" + i, IotdbType.INT32, i + 1))
                                .toList())))
                .isEqualTo(WriteResult.written(55));
        WriteResult result = refusal(TREE.writes()
                .insertTablets(List.of(
                        tablet("root.many.e1", IotdbType.INT32, 2),
                        tablet("root.many.d0", IotdbType.TEXT, 3),
                        tablet("root.many.e2", IotdbType.INT32, 4))));
        assertThat(rows("select count(v) from root.many.e1, root.many.e2", 2)).containsExactly("[2, 4]");
        assertThat(result.refusals()).anySatisfy(refusal -> {
            assertThat(refusal.target()).isEqualTo("root.many.d0");
            assertThat(refusal.tablet()).isOne();
            assertThat(refusal.error().code()).isEqualTo(507);
        });
        assertThat(result.rows() + result.refusedRows()).isEqualTo(9);
        TREE.execute("delete database root.many").block();
    }

    record Reading(int device, long time, double value) {}

    @Test
    void aStreamOfRowsOfManyDevicesIsGatheredAndWritten() {
        TREE.execute("delete database root.stream").onErrorComplete().block();
        Flux<Reading> readings = Flux.range(0, 10_000).map(i -> new Reading(i % 7, i, i / 2.0));
        StepVerifier.create(TREE.writes()
                        .ingest(
                                readings,
                                Ingestion.<Reading>ofRows(
                                                reading -> "root.stream.d" + reading.device(),
                                                device -> Tablet.ofDevice(device)
                                                        .column("v", IotdbType.DOUBLE)
                                                        .build(),
                                                (reading, tablet) -> tablet.row(reading.time())
                                                        .set(0, reading.value()))
                                        .gather(512)))
                .expectNext(WriteResult.written(10_000))
                .verifyComplete();
        assertThat(TREE.query(
                                "select count(v) from root.stream.*",
                                row -> IntStream.range(0, 7)
                                        .mapToLong(row::getLong)
                                        .sum())
                        .blockLast())
                .isEqualTo(10_000);
        TREE.execute("delete database root.stream").block();
    }

    @Test
    void aStreamOfRowsOfATableIsGatheredAndWritten() {
        Ingestion<Reading> plan = Ingestion.<Reading>ofRows(
                        () -> Tablet.ofTable("readings")
                                .tag("device")
                                .column("v", IotdbType.DOUBLE)
                                .build(),
                        (reading, tablet) -> tablet.row(reading.time())
                                .set(0, "d" + reading.device())
                                .set(1, reading.value()))
                .inFlight(2);
        StepVerifier.create(RealSession.inDatabase(
                        TABLES,
                        "streamed",
                        session -> session.writes()
                                .ingest(Flux.range(0, 5_000).map(i -> new Reading(i % 5, i, i)), plan)
                                .thenMany(session.query(
                                        "select device, count(v) from readings group by device order by device",
                                        row -> row.getString(0) + " " + row.getLong(1)))))
                .expectNext("d0 1000", "d1 1000", "d2 1000", "d3 1000", "d4 1000")
                .verifyComplete();
    }

    @Test
    void aSlowStreamIsWrittenWhenItsTimeHasCome() {
        TREE.execute("delete database root.slow").onErrorComplete().block();
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        try {
            Ingestion<Integer> plan = Ingestion.<Integer>ofRows(
                            () -> Tablet.ofDevice("root.slow.d")
                                    .column("v", IotdbType.INT32)
                                    .build(),
                            (i, tablet) -> tablet.row(i).set(0, i))
                    .maxDelay(java.time.Duration.ofMinutes(1), time);
            Flux<Integer> neverEnding = Flux.concat(Flux.just(1, 2, 3), Flux.never());
            StepVerifier.create(TREE.writes().ingestEach(neverEnding, plan))
                    .then(() -> time.advanceTimeBy(java.time.Duration.ofMinutes(1)))
                    .expectNext(WriteResult.written(3))
                    .thenCancel()
                    .verify();
        } finally {
            time.dispose();
            TREE.execute("delete database root.slow").onErrorComplete().block();
        }
    }
}
