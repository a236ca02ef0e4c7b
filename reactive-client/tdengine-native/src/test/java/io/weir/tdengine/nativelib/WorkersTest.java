package io.weir.tdengine.nativelib;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The threads on which the library may block. */
class WorkersTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void thereAreNoMoreThanWereToldAndAllWorkIsDoneBeforeTheEnd() {
        Workers workers = new Workers("some", 3);
        Set<String> names = ConcurrentHashMap.newKeySet();
        AtomicInteger done = new AtomicInteger();
        CountDownLatch threeAtWork = new CountDownLatch(3);
        CountDownLatch gate = new CountDownLatch(1);
        for (int i = 0; i < 1000; i++) {
            workers.execute(() -> {
                names.add(Thread.currentThread().getName());
                threeAtWork.countDown();
                await(gate);
                done.incrementAndGet();
            });
        }
        // Without this two quick threads may have done everything before the third has begun.
        await(threeAtWork);
        assertThat(workers.waiting()).isEqualTo(997);
        gate.countDown();
        workers.close().block(LONG);
        assertThat(done).hasValue(1000);
        assertThat(names).containsExactlyInAnyOrder("some-1", "some-2", "some-3");
    }

    @Test
    void theFirstTasksRunAtTheSameTime() {
        Workers workers = new Workers("some", 2);
        CountDownLatch both = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            workers.execute(() -> {
                both.countDown();
                await(both);
            });
        }
        await(both);
        workers.close().block(LONG);
    }

    @Test
    void aTaskThatThrowsTakesNoThreadWithIt() {
        Workers workers = new Workers("some", 1);
        AtomicInteger done = new AtomicInteger();
        workers.execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> done.addAndGet(10));
            throw new IllegalStateException("on purpose");
        });
        workers.execute(done::incrementAndGet);
        workers.close().block(LONG);
        assertThat(done).hasValue(11);
    }

    @Test
    void closingWhatWasNeverUsedAndClosingAgainComplete() {
        Workers workers = new Workers("none", 2);
        workers.close().block(LONG);
        workers.close().block(LONG);
        assertThat(workers.waiting()).isZero();
    }

    @Test
    void theThreadsStayForWhatWasKeptAndNothingIsKeptAfterTheEnd() {
        Workers workers = new Workers("some", 1);
        assertThat(workers.keep()).isTrue();
        AtomicInteger ended = new AtomicInteger();
        workers.close().subscribe(nothing -> {}, error -> {}, ended::incrementAndGet);
        CountDownLatch done = new CountDownLatch(1);
        workers.execute(done::countDown);
        await(done);
        assertThat(ended).hasValue(0);
        workers.execute(workers::letGo);
        workers.close().block(LONG);
        assertThat(workers.keep()).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
