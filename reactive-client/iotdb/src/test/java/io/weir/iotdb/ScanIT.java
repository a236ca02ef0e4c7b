package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.RowView;
import io.weir.iotdb.type.Dialect;
import io.weir.server.iotdb.SharedIotdb;
import io.weir.testkit.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Many rows out of the real server: all of them, in order, by demand, several results by turns, left at any moment. */
class ScanIT {

    private static final int ROWS = 30_000;
    private static final IotdbClient CLIENT = RealSession.client(SharedIotdb.url() + "/scans", Dialect.TABLE);

    @BeforeAll
    static void fill() {
        RealSession.client(SharedIotdb.url(), Dialect.TABLE)
                .inSession(session -> RealSession.database(session, "scans").then(RealSession.numbers(session, ROWS)))
                .then()
                .block(Duration.ofMinutes(2));
    }

    @AfterAll
    static void drop() {
        CLIENT.execute("drop database scans").then(CLIENT.close()).block();
    }

    private static long check(RowView row) {
        long n = row.getLong(0);
        assertThat(row.getLong(1)).isEqualTo(n);
        assertThat(row.getDouble(2)).isEqualTo(n / 2.0);
        assertThat(row.getBoolean(3)).isEqualTo(n % 2 == 0);
        assertThat(row.getString(4)).isEqualTo("text-" + n);
        return n;
    }

    private static Flux<Long> numbers(Flux<ResultPart> parts) {
        return parts.concatMap(ScanIT::numbersOf, 1);
    }

    private static Publisher<Long> numbersOf(ResultPart part) {
        if (part instanceof ResultPart.Failure refusal) {
            return Mono.error(refusal.error());
        }
        if (!(part instanceof Page page)) {
            return Mono.empty();
        }
        try (page) {
            return Flux.fromStream(
                    IntStream.range(0, page.size())
                            .mapToObj(row -> page.row(row).getLong(0))
                            .toList()
                            .stream());
        }
    }

    @Test
    void everyRowComesOnceAndInOrder() {
        AtomicLong next = new AtomicLong();
        StepVerifier.create(CLIENT.query("select time,l,d,b,s from t order by time", ScanIT::check)
                        .doOnNext(n -> assertThat(n).isEqualTo(next.getAndIncrement()))
                        .count())
                .expectNext((long) ROWS)
                .verifyComplete();
    }

    @Test
    void smallRepliesMakeTheSameResult() {
        StepVerifier.create(CLIENT.inSession(session -> numbers(
                                session.run("select time,l from t order by time limit 5000", 50, Duration.ZERO)))
                        .collectList())
                .assertNext(all -> assertThat(all)
                        .isEqualTo(LongStream.range(0, 5000).boxed().toList()))
                .verifyComplete();
    }

    @Test
    void severalResultsAreReadByTurns() {
        StepVerifier.create(CLIENT.inSession(session -> {
                    List<Flux<Long>> results = IntStream.range(0, 4)
                            .mapToObj(i -> numbers(session.run(
                                    "select time from t where l % 4 = " + i + " order by time limit 3000",
                                    100,
                                    Duration.ZERO)))
                            .toList();
                    return Flux.zip(results, four -> {
                        List<Long> line = new ArrayList<>();
                        for (Object n : four) {
                            line.add((Long) n);
                        }
                        return line;
                    });
                }))
                .recordWith(ArrayList::new)
                .thenConsumeWhile(line -> true)
                .consumeRecordedWith(lines -> {
                    assertThat(lines).hasSize(3000);
                    long n = 0;
                    for (List<Long> line : lines) {
                        assertThat(line).containsExactly(n, n + 1, n + 2, n + 3);
                        n += 4;
                    }
                })
                .verifyComplete();
    }

    @Test
    void whatIsNotAskedForStaysOnTheServer() {
        try (FaultProxy proxy = FaultProxy.before(SharedIotdb.host(), SharedIotdb.port())) {
            IotdbClient client = IotdbClient.builder()
                    .url(SharedIotdb.url() + "/scans")
                    .option(IotdbOptions.SQL_DIALECT, Dialect.TABLE)
                    .option("host", proxy.host() + ":" + proxy.port())
                    .option(IotdbOptions.FETCH_SIZE, 1000)
                    .build();
            BaseSubscriber<Page> reader = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    request(1);
                }

                @Override
                protected void hookOnNext(Page page) {
                    page.close();
                }
            };
            client.pages("select time,l,d,b,s from t").subscribe(reader);
            long bytes = proxy.link(0).toClient().awaitQuiet(Duration.ofSeconds(1));
            // Two replies. The server adds whole blocks of up to 128 KiB until it has a thousand rows of some forty
            // bytes, so that a reply may end with a block that was not needed any more.
            assertThat(bytes).isBetween(10_000L, 2L * (1000 * 45 + 140 * 1024));
            reader.cancel();
            StepVerifier.create(client.query("select count(*) from t", row -> row.getLong(0)))
                    .expectNext((long) ROWS)
                    .verifyComplete();
            client.close().block();
        }
    }

    @Test
    void whoLeavesAtAnyMomentLeavesAGoodSession() {
        long seed = Long.getLong("weir.seed", new Random().nextLong());
        Random random = new Random(seed);
        StepVerifier.create(CLIENT.inSession(session -> Flux.range(0, 60)
                        .concatMap(round -> leave(session, random)
                                .then(session.query("select count(*) from t where time < 777", row -> row.getLong(0))
                                        .single()))
                        .distinct()))
                .expectNext(777L)
                .as("seed " + seed)
                .verifyComplete();
    }

    private static Mono<Void> leave(IotdbSession session, Random random) {
        Flux<Page> pages = session.pages("select time,l,d,b,s from t");
        return switch (random.nextInt(3)) {
            case 0 -> pages.doOnNext(Page::close).take(random.nextInt(20)).then();
            case 1 ->
                // From another thread, after a while that may be before the first answer or in the middle of the last.
                Mono.delay(Duration.ofNanos(random.nextInt(20_000_000)))
                        .doOnSubscribe(s -> {})
                        .zipWith(Mono.fromSupplier(() -> pages.subscribe(Page::close)))
                        .doOnNext(both -> both.getT2().dispose())
                        .then();
            default -> {
                Disposable reader = pages.subscribe(Page::close);
                reader.dispose();
                yield Mono.empty();
            }
        };
    }

    @Test
    void aQueryWithoutRowsEndsAtOnce() {
        StepVerifier.create(CLIENT.query("select * from t where time < 0", RowView::columns))
                .verifyComplete();
        StepVerifier.create(CLIENT.pages("select time, l from t where time < 0"))
                .assertNext(page -> {
                    assertThat(page.size()).isZero();
                    assertThat(page.columns().size()).isEqualTo(2);
                    page.close();
                })
                .verifyComplete();
    }
}
