package io.weir.iotdb.chaos;

import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.RowView;
import io.weir.iotdb.IncompleteWriteException;
import io.weir.iotdb.Ingestion;
import io.weir.iotdb.IotdbClient;
import io.weir.iotdb.WriteResult;
import io.weir.iotdb.chaos.Write.Fate;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.Tablet;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** One of many: writes and reads its own device in no particular order, one call after the other, whatever happens. */
final class Caller {

    /** What takes longer hangs; the longest that a call may wait for is a server that is started again. */
    private static final Duration HANGS = Duration.ofSeconds(90);

    /** As a program would do that was told that nobody is there. */
    private static final Duration REST_AFTER_FAILURE = Duration.ofMillis(100);

    private static final int MOST_ROWS = 50;

    private final IotdbClient client;
    private final Ledger ledger;
    private final Explanations explanations;
    private final Progress progress;
    private final Random random;

    Caller(IotdbClient client, Ledger ledger, Explanations explanations, Progress progress, long seed) {
        this.client = client;
        this.ledger = ledger;
        this.explanations = explanations;
        this.progress = progress;
        this.random = new Random(seed);
    }

    /** Calls until it is told to stop. */
    Mono<Void> run(BooleanSupplier goesOn) {
        return Mono.defer(this::call).repeat(goesOn).then();
    }

    private Mono<Void> call() {
        return switch (random.nextInt(10)) {
            case 0 -> writeBySql();
            case 1 -> writeInSession();
            case 2, 3 -> writeByTablet();
            case 4 -> ingest();
            case 5, 6 -> readBack();
            case 7 -> count();
            case 8 -> cancelledWrite();
            default -> cancelledRead();
        };
    }

    private Mono<Void> writeBySql() {
        Write write = ledger.begin(1 + random.nextInt(MOST_ROWS));
        return judged("insert by SQL", client.execute(insert(write)).thenReturn((long) write.rows()), write);
    }

    private Mono<Void> writeByTablet() {
        Write write = ledger.begin(1 + random.nextInt(MOST_ROWS));
        Tablet tablet = tablet();
        LongStream.range(write.first(), write.end()).forEach(time -> add(time, tablet));
        return judged("tablet", client.writes().insertTablet(tablet).map(WriteResult::rows), write);
    }

    private Tablet tablet() {
        return Tablet.ofDevice(ledger.device())
                .column("v", IotdbType.INT64)
                .column("t", IotdbType.TEXT)
                .build();
    }

    private void add(long time, Tablet tablet) {
        tablet.row(time).set(0, Ledger.value(time)).set(1, ledger.text(time));
    }

    /** Under way on a connection of its own, which goes back in every ending. */
    private Mono<Void> writeInSession() {
        Write write = ledger.begin(1 + random.nextInt(MOST_ROWS));
        Mono<Long> rows = client.inSession(
                        session -> session.execute(insert(write)).thenReturn((long) write.rows()))
                .single();
        return judged("insert in a session", rows, write);
    }

    /** A stream by small tablets, several under way: where it fails, some of them are written. */
    private Mono<Void> ingest() {
        Write write = ledger.begin(1 + random.nextInt(3 * MOST_ROWS));
        Flux<Long> times = Flux.fromStream(
                () -> LongStream.range(write.first(), write.end()).boxed());
        Mono<Long> rows = client.writes()
                .ingest(times, Ingestion.ofRows(this::tablet, this::add).gather(20))
                .flatMap(result -> result.isComplete()
                        ? Mono.just(result.rows())
                        : Mono.error(result.refusals().get(0).error()));
        return judged("stream of tablets", rows, write);
    }

    private Mono<Void> judged(String call, Mono<Long> rows, Write write) {
        return rows.timeout(HANGS)
                .doOnNext(counted -> {
                    write.became(Fate.ACKNOWLEDGED);
                    ledger.counted(counted);
                    progress.one();
                })
                .then()
                .onErrorResume(error -> {
                    Fate fate = explanations.of(call, error);
                    write.became(isPartlyWritten(error) ? Fate.MAYBE : fate);
                    return rest();
                });
    }

    /** Of a stream some tablets may be acknowledged already when the next one fails. */
    private static boolean isPartlyWritten(Throwable error) {
        return error.getCause() instanceof IncompleteWriteException incomplete
                && incomplete.result().rows() > 0;
    }

    /** Leaves at some moment: what was written then nobody knows, and nobody may count it. */
    private Mono<Void> cancelledWrite() {
        Write write = ledger.begin(1 + random.nextInt(MOST_ROWS));
        return Mono.firstWithSignal(
                        client.execute(insert(write)),
                        Mono.delay(someMicroseconds()).then())
                .doOnTerminate(() -> write.became(Fate.MAYBE))
                .onErrorResume(error -> {
                    explanations.of("insert that was left", error);
                    return rest();
                });
    }

    private String insert(Write write) {
        StringJoiner tuples =
                new StringJoiner(", ", "INSERT INTO " + ledger.device() + "(timestamp, v, t) VALUES ", "");
        for (long time = write.first(); time < write.end(); time++) {
            tuples.add("(" + time + ", " + Ledger.value(time) + ", '" + ledger.text(time) + "')");
        }
        return tuples.toString();
    }

    /** The last rows of the device: every acknowledged one must be there, in the middle of everything. */
    private Mono<Void> readBack() {
        long to = ledger.end();
        long from = Math.max(0, to - 500);
        String sql = "SELECT v, t FROM " + ledger.device() + " WHERE time >= " + from + " AND time < " + to;
        return read(client.query(sql, Caller::row), "read")
                .doOnNext(found -> objectTo(found, from, to))
                .then();
    }

    private void objectTo(Map<Long, String> found, long from, long to) {
        ledger.objections(found, from, to).forEach(explanations::unexplained);
        progress.one();
    }

    /** All rows of the ledger's device. */
    static Flux<Row> all(IotdbClient client, Ledger ledger) {
        return client.query("SELECT v, t FROM " + ledger.device(), Caller::row);
    }

    record Row(long time, String shown) {}

    private static Row row(RowView row) {
        return new Row(row.getLong(0), Ledger.shown(row.getLong(1), Objects.requireNonNull(row.getString(2))));
    }

    private Mono<Map<Long, String>> read(Flux<Row> rows, String call) {
        return rows.collectMap(Row::time, Row::shown).timeout(HANGS).onErrorResume(error -> {
            explanations.of(call, error);
            return rest().then(Mono.empty());
        });
    }

    private Mono<Void> count() {
        String sql = "SELECT count(v) FROM " + ledger.device();
        return client.query(sql, row -> row.getLong(0))
                .single(0L)
                .timeout(HANGS)
                .doOnNext(this::objectToCount)
                .then()
                .onErrorResume(error -> {
                    explanations.of("count", error);
                    return rest();
                });
    }

    private void objectToCount(long counted) {
        long least = ledger.rows(Fate.ACKNOWLEDGED);
        long most = least + ledger.rows(Fate.MAYBE);
        if (counted < least || counted > most) {
            explanations.unexplained(ledger.device() + ": " + counted + " rows are counted, and there must be from "
                    + least + " to " + most);
        }
        progress.one();
    }

    /** Leaves a long result after its first page, or somewhere before. */
    private Mono<Void> cancelledRead() {
        Flux<ResultPart> result =
                client.run("SELECT v, t FROM " + ledger.device()).doOnNext(Caller::close);
        Mono<Void> work = random.nextBoolean()
                ? result.take(1).then()
                : Mono.firstWithSignal(
                        result.then(), Mono.delay(someMicroseconds()).then());
        return work.timeout(HANGS)
                .doFinally(end -> {
                    if (end == SignalType.ON_COMPLETE) {
                        progress.one();
                    }
                })
                .onErrorResume(error -> {
                    explanations.of("read that was left", error);
                    return rest();
                });
    }

    private static void close(ResultPart part) {
        if (part instanceof Page page) {
            page.close();
        }
    }

    private Duration someMicroseconds() {
        return Duration.ofNanos(1000L * random.nextInt(5000));
    }

    private static Mono<Void> rest() {
        return Mono.delay(REST_AFTER_FAILURE).then();
    }
}
