package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ResultPart;
import io.weir.core.ResultPart.Count;
import io.weir.core.ResultPart.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Cancels from another thread at random moments, while the parts come on a thread of their own: nothing may leak, nothing
 * may be read after it was released. A result that the cancel hit on its way to its reader is released by its deadline.
 */
class ConversationSoakTest {

    private static final int ROUNDS = 3000;

    private final PageLedger pages = new PageLedger();
    private final ExecutorService loop = Executors.newSingleThreadExecutor(task -> new Thread(task, "soak-loop"));
    private final Scheduler elsewhere = Schedulers.newSingle("soak-elsewhere");

    /**
     * What is done with the results of an execution. By flatMap and not by concatMap, but for the last one: Reactor's
     * concatMap looks whether it is cancelled before it takes the lock under which it keeps its inner subscription, so a
     * cancel that falls in between reaches nobody; what is left over then goes with the connection.
     */
    private enum Mode {
        MAP {
            @Override
            Flux<?> read(Flux<WeirResult> results, Scheduler elsewhere) {
                return results.flatMap(result -> result.map((row, metadata) -> row.get(0, Long.class)), 1);
            }
        },
        FILTER {
            @Override
            Flux<?> read(Flux<WeirResult> results, Scheduler elsewhere) {
                return results.flatMap(result -> result.filter(segment -> true).map(row -> row.get(1) + "!"), 1);
            }
        },
        FLAT_MAP {
            @Override
            Flux<?> read(Flux<WeirResult> results, Scheduler elsewhere) {
                return results.flatMap(result -> result.flatMap(segment -> Mono.just(segment.toString())), 1);
            }
        },
        FLAT_MAP_ELSEWHERE {
            @Override
            Flux<?> read(Flux<WeirResult> results, Scheduler elsewhere) {
                return results.flatMap(
                        result -> result.flatMap(
                                segment -> Mono.fromCallable(segment::toString).subscribeOn(elsewhere)),
                        1);
            }
        },
        ROWS_UPDATED {
            @Override
            Flux<?> read(Flux<WeirResult> results, Scheduler elsewhere) {
                return results.flatMap(WeirResult::getRowsUpdated, 1);
            }
        },
        MERGED {
            @Override
            Flux<?> read(Flux<WeirResult> results, Scheduler elsewhere) {
                return results.flatMap(result -> result.map((row, metadata) -> row.get("text") + ""));
            }
        },
        FIRST_RESULT {
            @Override
            Flux<?> read(Flux<WeirResult> results, Scheduler elsewhere) {
                return Mono.from(results).flatMapMany(result -> result.map((row, metadata) -> row.get(0)));
            }
        },
        RESULTS_ELSEWHERE {
            @Override
            Flux<?> read(Flux<WeirResult> results, Scheduler elsewhere) {
                return results.publishOn(elsewhere, 1).flatMap(result -> result.map((row, metadata) -> row.get(0)), 1);
            }
        },
        RESULTS_NEVER_READ {
            @Override
            Flux<?> read(Flux<WeirResult> results, Scheduler elsewhere) {
                return results;
            }
        },
        CONCAT_MAP {
            @Override
            Flux<?> read(Flux<WeirResult> results, Scheduler elsewhere) {
                return results.concatMap(result -> result.map((row, metadata) -> row.get(0)));
            }
        };

        abstract Flux<?> read(Flux<WeirResult> results, Scheduler elsewhere);
    }

    @AfterEach
    void stop() throws InterruptedException {
        elsewhere.dispose();
        loop.shutdownNow();
        assertThat(loop.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void cancelsFromAnotherThreadLeakNothing(Mode mode) throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        AtomicLong received = new AtomicLong();
        List<Throwable> errors = Collections.synchronizedList(new ArrayList<>());
        for (int round = 0; round < ROUNDS; round++) {
            VirtualTimeScheduler clock = VirtualTimeScheduler.create();
            FakeSession session = new FakeSession().answering(new Exchange());
            WeirConnection connection =
                    new WeirConnection(new ConnectionScope(session, ConnectionSettings.DEFAULTS, clock));
            Flux<WeirResult> results = connection.createStatement("a").execute();
            Disposable running =
                    mode.read(results, elsewhere).subscribeWith(new Reader(1 + random.nextInt(40), received, errors));
            spin(random.nextInt(60_000));
            running.dispose();
            settle();
            clock.advanceTimeBy(Duration.ofMinutes(2));
            if (mode == Mode.CONCAT_MAP) {
                connection.close().block();
            }
            settle();
            assertThat(pages.open())
                    .as("open pages in round %d, seed %d", round, seed)
                    .isZero();
        }
        pages.assertAllReleased();
        assertThat(errors).as("seed %d", seed).isEmpty();
        assertThat(received.get()).as("it has read something").isPositive();
    }

    @Test
    void noPageIsLostWhenTheEndComesWithItWhileTheReaderAsks() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            FakeSession session = new FakeSession().answering(new PageAndEnd());
            Flux<Long> rows = Mono.from(
                            session.connection().createStatement("a").execute())
                    .flatMapMany(result -> result.map((row, metadata) -> row.get(0, Long.class)));
            AtomicLong received = new AtomicLong();
            CountDownLatch ended = new CountDownLatch(1);
            BaseSubscriber<Long> reader = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {}

                @Override
                protected void hookOnNext(Long value) {
                    received.incrementAndGet();
                }

                @Override
                protected void hookFinally(SignalType signal) {
                    ended.countDown();
                }
            };
            rows.subscribe(reader);
            while (ended.getCount() > 0) {
                reader.request(1);
            }
            assertThat(received.get()).as("rows in round %d", round).isEqualTo(4);
        }
        pages.assertAllReleased();
    }

    /** Two pages; the end comes right after the second, without a mark and without being asked for. */
    private final class PageAndEnd extends Flux<ResultPart> {

        @Override
        public void subscribe(CoreSubscriber<? super ResultPart> subscriber) {
            subscriber.onSubscribe(new Subscription() {

                private int sent;

                @Override
                public void request(long n) {
                    loop.execute(() -> {
                        if (sent < 2) {
                            subscriber.onNext(pages.page(0, 2));
                        }
                        if (++sent == 2) {
                            subscriber.onComplete();
                        }
                    });
                }

                @Override
                public void cancel() {}
            });
        }
    }

    /** Whatever was scheduled before has run. */
    private void settle() throws Exception {
        for (int i = 0; i < 2; i++) {
            Mono.fromRunnable(() -> {}).subscribeOn(elsewhere).block();
            loop.submit(() -> {}).get(10, TimeUnit.SECONDS);
        }
    }

    private static void spin(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    /** Asks for a few at a time. */
    private static final class Reader extends BaseSubscriber<Object> {

        private final int atATime;
        private final AtomicLong received;
        private final List<Throwable> errors;
        private int left;

        Reader(int atATime, AtomicLong received, List<Throwable> errors) {
            this.atATime = atATime;
            this.received = received;
            this.errors = errors;
            this.left = atATime;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(atATime);
        }

        @Override
        protected void hookOnNext(Object value) {
            received.incrementAndGet();
            if (--left == 0) {
                left = atATime;
                request(atATime);
            }
        }

        @Override
        protected void hookOnError(Throwable error) {
            errors.add(error);
        }
    }

    /** Three results of rows and counts; parts are made on the loop when they are asked for, none after a cancel. */
    private final class Exchange extends Flux<ResultPart> {

        @Override
        public void subscribe(CoreSubscriber<? super ResultPart> subscriber) {
            subscriber.onSubscribe(new Subscription() {

                private int next;
                private volatile boolean cancelled;

                @Override
                public void request(long n) {
                    if (Operators.validate(n)) {
                        loop.execute(() -> send(n));
                    }
                }

                private void send(long n) {
                    for (long i = 0; i < n && !cancelled && next <= 15; i++) {
                        send(next++);
                    }
                }

                private void send(int position) {
                    switch (position) {
                        case 4, 6, 14 -> subscriber.onNext(End.INSTANCE);
                        case 5, 12 -> subscriber.onNext(new Count(position));
                        case 15 -> subscriber.onComplete();
                        default -> subscriber.onNext(pages.page(position, position % 3 + 1));
                    }
                }

                @Override
                public void cancel() {
                    cancelled = true;
                }
            });
        }
    }
}
