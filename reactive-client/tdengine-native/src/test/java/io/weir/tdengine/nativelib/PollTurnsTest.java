package io.weir.tdengine.nativelib;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How polls share the threads with all else, and how one consumer's calls follow each other. */
class PollTurnsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void noMoreThanHalfOfTheThreadsWaitInPollsAndAllPollsHaveTheirTurn() {
        Workers workers = new Workers("some", 4);
        PollTurns polls = new PollTurns(workers, 4);
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch twoWait = new CountDownLatch(2);
        CountDownLatch allDone = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            polls.execute(() -> {
                twoWait.countDown();
                await(gate);
                allDone.countDown();
            });
        }
        await(twoWait);
        // Those who wait for their turn take no thread, and are no reason for others to wait.
        assertThat(workers.waiting()).isZero();
        CountDownLatch other = new CountDownLatch(2);
        workers.execute(other::countDown);
        workers.execute(other::countDown);
        await(other);
        assertThat(allDone.getCount()).isEqualTo(20);
        gate.countDown();
        await(allDone);
        workers.close().block(LONG);
    }

    @Test
    void aPollIsShorterWhileOthersWait() {
        Workers workers = new Workers("some", 1);
        PollTurns polls = new PollTurns(workers, 1);
        long alone = polls.patience();
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(2);
        List<Long> patience = Collections.synchronizedList(new ArrayList<>());
        workers.execute(() -> await(gate));
        for (int i = 0; i < 2; i++) {
            polls.execute(() -> {
                patience.add(polls.patience());
                done.countDown();
            });
        }
        gate.countDown();
        await(done);
        assertThat(patience.get(0)).isPositive().isLessThan(alone);
        assertThat(patience.get(1)).isEqualTo(alone);
        workers.close().block(LONG);
    }

    @Test
    void oneCallFollowsTheOtherInTheirOrderWhereverTheyRun() {
        Workers here = new Workers("here", 2);
        Workers there = new Workers("there", 2);
        InTurn turn = new InTurn();
        List<Integer> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1000);
        for (int i = 0; i < 1000; i++) {
            int number = i;
            turn.execute((i % 3 == 0 ? here : there)::execute, () -> {
                // Not thread-safe: it need not be.
                seen.add(number);
                done.countDown();
            });
        }
        await(done);
        here.close().block(LONG);
        there.close().block(LONG);
        assertThat(seen).isEqualTo(IntStream.range(0, 1000).boxed().toList());
    }
}
