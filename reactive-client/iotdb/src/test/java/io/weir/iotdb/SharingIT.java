package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Page;
import io.weir.core.RowView;
import io.weir.server.iotdb.SharedIotdb;
import io.weir.testkit.Cut;
import io.weir.testkit.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

/** Many callers on few connections to the real server. */
class SharingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DATABASE =
            "root.sharing" + UUID.randomUUID().toString().replace("-", "");
    private static final int ROWS = 20_000;

    @BeforeAll
    static void writeRows() {
        IotdbClient client = client("fetchSize=5000");
        client.execute("CREATE DATABASE " + DATABASE).block(PATIENCE);
        List<String> inserts = IntStream.range(0, ROWS / 1000)
                .mapToObj(i -> IntStream.range(i * 1000, (i + 1) * 1000)
                        .mapToObj(row -> "(" + row + ", " + row + ")")
                        .collect(Collectors.joining(", ", "INSERT INTO " + DATABASE + ".d(timestamp, v) VALUES ", "")))
                .toList();
        client.inSession(session -> RealSession.succeed(session, inserts)).blockLast(PATIENCE);
        client.close().block(PATIENCE);
    }

    @AfterAll
    static void dropRows() {
        IotdbClient client = client("");
        client.execute("DELETE DATABASE " + DATABASE).block(PATIENCE);
        client.close().block(PATIENCE);
    }

    private static IotdbClient client(String options) {
        return client(SharedIotdb.host() + ":" + SharedIotdb.port(), options);
    }

    private static IotdbClient client(String hosts, String options) {
        return IotdbClient.create("iotdb://" + hosts + (options.isEmpty() ? "" : "?" + options));
    }

    private static String rows(int from, int to) {
        return "SELECT v FROM " + DATABASE + ".d WHERE time >= " + from + " AND time < " + to;
    }

    private static long value(RowView row) {
        return (long) row.getDouble(1);
    }

    @Test
    void sixtyThreeFastCallersHaveTheirAnswersBesideOneWhoNeverReads() {
        IotdbClient client = client("fetchSize=100");
        TestSubscriber<Page> neverReads =
                TestSubscriber.builder().initialRequest(1).build();
        client.pages(rows(0, ROWS)).subscribe(neverReads);
        StepVerifier.create(fast(client, 63, 20))
                .expectNextCount(63 * 20)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(neverReads.isTerminated()).isFalse();
        neverReads.cancel();
        neverReads.getReceivedOnNext().forEach(Page::close);
        client.close().block(PATIENCE);
    }

    @Test
    void sixtyThreeFastCallersHaveTheirAnswersBesideOneWhoKeepsTheServerBusy() {
        IotdbClient client = client("");
        fast(client, 64, 2).blockLast(PATIENCE);
        TestSubscriber<Object> slow = TestSubscriber.create();
        client.pages("SELECT count(v) FROM " + DATABASE + ".d GROUP BY ([0, 3000000000), 1ms)")
                .doOnNext(Page::close)
                .ignoreElements()
                .subscribe(slow);
        // One after the other they take the connections that are idle, until that one is known to be slow.
        long start = System.nanoTime();
        do {
            fast(client, 1, 1).blockLast(PATIENCE);
        } while (System.nanoTime() - start < Duration.ofMillis(50).toNanos());
        fast(client, 63, 10).blockLast(PATIENCE);
        assertThat(slow.isTerminated()).isFalse();
        slow.cancel();
        client.close().block(PATIENCE);
    }

    /** So many callers, each with one statement after the other; fails where an answer is not the right one. */
    private static Flux<Long> fast(IotdbClient client, int callers, int each) {
        return Flux.range(0, callers)
                .flatMap(
                        caller -> Flux.range(0, each).concatMap(i -> {
                            int row = caller * each + i;
                            return client.query(rows(row, row + 1), SharingIT::value)
                                    .single()
                                    .doOnNext(v -> assertThat(v).isEqualTo(row));
                        }),
                        callers);
    }

    @Test
    void whatIsSharedGivesTheResultsOfWhatIsNot() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int from = random.nextInt(ROWS);
            statements.add(
                    random.nextInt(5) == 0
                            ? "SELECT sum(v) FROM " + DATABASE + ".d WHERE time < " + from
                            : rows(from, from + 1 + random.nextInt(2000)));
        }
        Map<String, List<String>> alone = new HashMap<>();
        IotdbClient unshared = client("sharing=off&maxWires=1&sharedWires=1");
        statements.forEach(sql -> alone.put(
                sql, unshared.query(sql, SharingIT::text).collectList().block(PATIENCE)));
        assertThat(unshared.wires()).isEqualTo(1);
        unshared.close().block(PATIENCE);

        IotdbClient shared = client("sharedWires=2&maxWires=5&fetchSize=100");
        Flux.range(0, 600)
                .flatMap(
                        i -> {
                            String sql = statements.get(random.nextInt(statements.size()));
                            Reader reader = new Reader(
                                    random.nextInt(4),
                                    random.nextInt(4) == 0 ? 1 + random.nextInt(300) : Integer.MAX_VALUE);
                            shared.query(sql, SharingIT::text).subscribe(reader);
                            return reader.over.asMono().doOnNext(whole -> {
                                List<String> expected = alone.get(sql);
                                assertThat(reader.got)
                                        .as("seed %s, %s", seed, sql)
                                        .isEqualTo(whole ? expected : expected.subList(0, reader.got.size()));
                            });
                        },
                        32)
                .blockLast(PATIENCE);
        assertThat(shared.wires()).isLessThanOrEqualTo(5);
        shared.close().block(PATIENCE);
    }

    private static String text(RowView row) {
        StringJoiner values = new StringJoiner(",");
        for (int column = 0; column < row.columns().size(); column++) {
            values.add(row.getString(column));
        }
        return values.toString();
    }

    @Test
    void aDatabaseIsDroppedOnAConnectionOfItsOwnSoThatTheSharedOnesStayInTheirs() {
        String name = "dropped" + UUID.randomUUID().toString().replace("-", "");
        IotdbClient client = IotdbClient.create(
                "iotdb://" + SharedIotdb.host() + ":" + SharedIotdb.port() + "/" + name + "?sqlDialect=table");
        StepVerifier.create(client.execute("CREATE DATABASE " + name)
                        .then(client.execute("CREATE TABLE before (v INT32 FIELD)"))
                        .then(client.execute("DROP DATABASE " + name))
                        .then(client.execute("CREATE DATABASE " + name))
                        .then(client.execute("CREATE TABLE behind (v INT32 FIELD)"))
                        .thenMany(client.query("SHOW TABLES", row -> row.getString(0))))
                .expectNext("behind")
                .expectComplete()
                .verify(PATIENCE);
        client.execute("DROP DATABASE " + name).then(client.close()).block(PATIENCE);
    }

    @Test
    void aSharedConnectionThatIsLostIsReplacedForWhoComesNext() {
        try (FaultProxy proxy = FaultProxy.before(SharedIotdb.host(), SharedIotdb.port())) {
            IotdbClient client = client(proxy.host() + ":" + proxy.port(), "");
            for (Cut how : Cut.values()) {
                fast(client, 8, 1).blockLast(PATIENCE);
                proxy.forAll(link -> link.cut(how));
                Flux.range(0, 8).flatMap(i -> fast(client, 1, 1).retry(20)).blockLast(PATIENCE);
            }
            client.close().block(PATIENCE);
        }
    }

    @Test
    void aSessionThatWorkWasDoneInIsGivenBackInEveryEnding() {
        IotdbClient client = client("maxWires=2&sharedWires=1&waitTimeout=30s");
        for (int i = 0; i < 5; i++) {
            StepVerifier.create(client.inSession(session -> session.query(rows(0, 5), SharingIT::value)))
                    .expectNextCount(5)
                    .expectComplete()
                    .verify(PATIENCE);
            StepVerifier.create(client.inSession(session -> Mono.error(new IllegalStateException("mine"))))
                    .expectErrorMessage("mine")
                    .verify(PATIENCE);
            StepVerifier.create(client.inSession(session -> session.query(rows(0, ROWS), SharingIT::value)), 3)
                    .expectNextCount(3)
                    .thenCancel()
                    .verify(PATIENCE);
        }
        client.close().block(PATIENCE);
    }

    /** Takes rows in one of several ways, all of them or some. */
    private static final class Reader extends BaseSubscriber<String> {
        final List<String> got = new ArrayList<>();
        final Sinks.One<Boolean> over = Sinks.one();
        private final int way;
        private final int most;

        Reader(int way, int most) {
            this.way = way;
            this.most = most;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(way == 0 ? Long.MAX_VALUE : way);
        }

        @Override
        protected void hookOnNext(String row) {
            got.add(row);
            if (got.size() == most) {
                cancel();
                over.tryEmitValue(false);
            } else if (way > 0 && got.size() % way == 0) {
                request(way);
            }
        }

        @Override
        protected void hookOnComplete() {
            over.tryEmitValue(true);
        }

        @Override
        protected void hookOnError(Throwable error) {
            over.tryEmitError(error);
        }
    }
}
