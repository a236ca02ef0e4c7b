package io.weir.core.page;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.RowView;
import io.weir.core.page.PageRows.Release;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Cancels from another thread, at any moment, while pages arrive from a third: no leak, no read after the release. */
class PageRowsSoakTest {

    private static final int CANCELS = 4000;
    private static final int PAGES = 20;
    private static final int ROWS = 5;

    private final ExecutorService sender = Executors.newSingleThreadExecutor();
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private final ExecutorService reader = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        sender.shutdownNow();
        other.shutdownNow();
        reader.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "0, EARLY, false",
        "1, EARLY, false",
        "0, EARLY, true",
        "1, EARLY, true",
        "0, LATE, true",
        "1, LATE, true"
    })
    void cancelsFromAnotherThreadLeakNothing(int prefetch, Release release, boolean objects) throws Exception {
        long seed = Long.getLong("weir.test.seed", 1);
        Random random = new Random(seed);
        FakePage.Ledger ledger = new FakePage.Ledger();
        int endings = 0;
        int cutShort = 0;
        for (int i = 0; i < CANCELS; i++) {
            Throwable end = random.nextInt(8) == 0 ? new IllegalStateException("mid-way") : null;
            Flux<Long> rows = rows(new AsyncPages(sender, ledger, PAGES, ROWS, end), prefetch, release, objects);
            // The last rows are never reached by some: those cancel after the end.
            Consumer consumer = new Consumer(random.nextInt(4), random.nextInt(PAGES * ROWS + 5));
            // Not on this thread, which is to be free for the cancel: whoever asks first may have to do all the work.
            other.execute(() -> rows.subscribe(consumer));
            for (int more = random.nextInt(4); more > 0; more--) {
                other.execute(() -> consumer.request(2));
            }
            consumer.meet();
            consumer.cancel();
            // Twice: what runs now may have given the others one more thing to do before it saw the cancel.
            for (ExecutorService busy : List.of(other, sender, reader, sender, reader)) {
                busy.submit(() -> {}).get();
            }

            assertThat(consumer.wrong.get()).as("seed %s, round %s", seed, i).isNull();
            assertThat(ledger.open())
                    .as("open pages; seed %s, round %s", seed, i)
                    .isZero();
            endings += consumer.ended ? 1 : 0;
            cutShort += consumer.next.get() > 0 && !consumer.ended ? 1 : 0;
        }
        assertThat(ledger.readAfterRelease).as("seed %s", seed).hasValue(0);
        assertThat(ledger.releasedTwice).as("seed %s", seed).hasValue(0);
        assertThat(cutShort).as("cancels between rows, or this proves little").isPositive();
        System.out.println(
                "soak " + release + " prefetch " + prefetch + (objects ? " objects" : " view") + ": " + CANCELS
                        + " cancels, " + cutShort + " between rows, " + endings + " after the end, " + ledger.made
                        + " pages made and released, seed " + seed);
    }

    private Flux<Long> rows(AsyncPages pages, int prefetch, Release release, boolean objects) {
        if (release == Release.EARLY) {
            return PageRows.of(pages, row -> row.getLong(0), prefetch, release, objects);
        }
        return PageRows.of(pages, this::inner, prefetch, release, objects).concatMap(inner -> inner, 0);
    }

    /* Not a Callable, or concatMap would read the row itself; every third one reads on a thread of its own. */
    private Mono<Long> inner(RowView row) {
        long n = row.getLong(0);
        Mono<Long> read = Mono.fromSupplier(() -> read(row)).hide();
        return n % 3 == 0 ? read.subscribeOn(Schedulers.fromExecutorService(reader)) : read;
    }

    /* After a cancel nobody sees what this yields; before it, the consumer would. */
    private static long read(RowView row) {
        try {
            return row.getLong(0);
        } catch (IllegalStateException gone) {
            return -1;
        }
    }

    /** Demand 0: unbounded; else one more for each. At one of the rows it meets the canceller, and both go on at once. */
    private static final class Consumer extends BaseSubscriber<Long> {
        private final int demand;
        private final int meetAt;
        private final AtomicLong next = new AtomicLong();
        private final AtomicReference<Object> wrong = new AtomicReference<>();
        private final CountDownLatch arrived = new CountDownLatch(1);
        private volatile boolean met;
        private volatile boolean ended;

        Consumer(int demand, int meetAt) {
            this.demand = demand;
            this.meetAt = meetAt;
        }

        void meet() throws InterruptedException {
            assertThat(arrived.await(30, SECONDS))
                    .as("at row %s or at the end", meetAt)
                    .isTrue();
            met = true;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(demand == 0 ? Long.MAX_VALUE : demand);
        }

        @Override
        protected void hookOnNext(Long value) {
            if (value != next.getAndIncrement()) {
                wrong.set(value + " instead of " + (next.get() - 1));
            }
            if (value == meetAt) {
                arrived.countDown();
                while (!met && !Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            }
            if (demand != 0) {
                request(1);
            }
        }

        @Override
        protected void hookOnComplete() {
            ended = true;
            arrived.countDown();
            if (next.get() != PAGES * ROWS) {
                wrong.set("complete after " + next.get());
            }
        }

        @Override
        protected void hookOnError(Throwable t) {
            ended = true;
            arrived.countDown();
            if (!"mid-way".equals(t.getMessage()) || next.get() != PAGES * ROWS) {
                wrong.set(t);
            }
        }
    }
}
