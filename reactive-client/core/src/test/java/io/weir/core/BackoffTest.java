package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.Backoff.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class BackoffTest {

    private static final Endpoint HOST = new Endpoint("h", 1);
    private static final Timing TIMING =
            new Timing(Duration.ofMillis(100), Duration.ofMillis(1000), Duration.ofSeconds(60));
    private static final Exception BROKEN = new IllegalStateException("broken");

    private long now = 5;
    private double chance = 1;
    private final Backoff backoff = new Backoff(HOST, TIMING, () -> now, () -> chance);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void failAfterItsWait() {
        pass(backoff.remaining());
        backoff.failed(BROKEN);
    }

    @Test
    void anEndpointThatIsWellIsNotLeftAlone() {
        assertThat(backoff.state().isWell()).isTrue();
        assertThat(backoff.remaining()).isZero();
        assertThat(backoff.endpoint()).isEqualTo(HOST);
    }

    @Test
    void eachFailureDoublesTheWaitUpToTheCap() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            failAfterItsWait();
            waits.add(backoff.remaining().toMillis());
        }
        assertThat(waits).containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
        assertThat(backoff.state().failures()).isEqualTo(6);
        assertThat(backoff.state().reason()).isSameAs(BROKEN);
    }

    @Test
    void halfOfTheWaitIsLeftToChance() {
        chance = 0;
        backoff.failed(BROKEN);
        assertThat(backoff.remaining()).isEqualTo(Duration.ofMillis(50));
        chance = 0.5;
        failAfterItsWait();
        assertThat(backoff.remaining()).isEqualTo(Duration.ofMillis(150));
    }

    @Test
    void theWaitRunsOut() {
        backoff.failed(BROKEN);
        pass(Duration.ofMillis(60));
        assertThat(backoff.remaining()).isEqualTo(Duration.ofMillis(40));
        pass(Duration.ofMillis(40));
        assertThat(backoff.remaining()).isZero();
        assertThat(backoff.state().isWell()).as("it is free, not well").isFalse();
    }

    @Test
    void failuresOfTheSameOutageCountOnce() {
        for (int i = 0; i < 64; i++) {
            backoff.failed(BROKEN);
        }
        assertThat(backoff.state().failures()).isEqualTo(1);
        assertThat(backoff.remaining()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aSuccessForgetsEverything() {
        failAfterItsWait();
        failAfterItsWait();
        backoff.succeeded();
        assertThat(backoff.state().isWell()).isTrue();
        assertThat(backoff.remaining()).isZero();
        failAfterItsWait();
        assertThat(backoff.remaining()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void quietTimeHalvesWhatIsRemembered() {
        for (int i = 0; i < 4; i++) {
            failAfterItsWait();
        }
        pass(backoff.remaining().plusSeconds(60));
        backoff.failed(BROKEN);
        assertThat(backoff.state().failures()).isEqualTo(3);
        pass(Duration.ofDays(10));
        backoff.failed(BROKEN);
        assertThat(backoff.state().failures()).isEqualTo(1);
    }

    @Test
    void manyFailuresOverflowNothing() {
        for (int i = 0; i < 200; i++) {
            failAfterItsWait();
        }
        assertThat(backoff.remaining()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whoListensSeesWhereItStandsAndEachChange() {
        StepVerifier.create(backoff.states())
                .expectNextMatches(Backoff.State::isWell)
                .then(() -> backoff.failed(BROKEN))
                .assertNext(s -> assertThat(s.delay()).isEqualTo(Duration.ofMillis(100)))
                .then(() -> backoff.failed(BROKEN))
                .then(backoff::succeeded)
                .expectNextMatches(Backoff.State::isWell)
                .then(backoff::succeeded)
                .thenCancel()
                .verify(Duration.ofSeconds(10));
        StepVerifier.create(backoff.states().take(1))
                .expectNext(backoff.state())
                .verifyComplete();
    }

    @Test
    void aSlowListenerSeesTheLatestState() {
        StepVerifier.create(backoff.states(), 1)
                .expectNextMatches(Backoff.State::isWell)
                .then(this::failAfterItsWait)
                .then(this::failAfterItsWait)
                .thenRequest(1)
                .assertNext(s -> assertThat(s.failures()).isEqualTo(2))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void manyThreadsLeaveListenersWithTheStateThatHolds() throws InterruptedException {
        List<Backoff.State> seen = new ArrayList<>();
        Backoff shared = new Backoff(HOST, TIMING, System::nanoTime, () -> 0.5);
        shared.states().subscribe(seen::add); // not synchronized: states come one after the other
        CountDownLatch done = new CountDownLatch(4);
        for (int t = 0; t < 4; t++) {
            boolean fails = t % 2 == 0;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 5000; i++) {
                    if (fails) {
                        shared.failed(BROKEN);
                    } else {
                        shared.succeeded();
                    }
                }
                done.countDown();
            });
            thread.setDaemon(true);
            thread.start();
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(seen.get(seen.size() - 1)).isEqualTo(shared.state());
    }

    @Test
    void timingThatCanNotWorkIsRefused() {
        assertThatThrownBy(() -> new Timing(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .hasMessageContaining("0 < first");
        assertThatThrownBy(() -> new Timing(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .hasMessageContaining("first <= cap");
    }

    @Test
    void aBusyHostIsLeftAloneLongerWithEachRejectionAndAConnectionDoesNotEndThat() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pass(backoff.remaining());
            backoff.rejected(BROKEN);
            backoff.succeeded();
            waits.add(backoff.remaining().toMillis());
        }
        assertThat(waits).containsExactly(100L, 200L, 400L, 800L);
        assertThat(backoff.state().isBusy()).isTrue();
    }

    @Test
    void workThatIsTakenEndsItOnceTheWaitIsOver() {
        backoff.rejected(BROKEN);
        backoff.accepted();
        assertThat(backoff.remaining()).as("what was sent before says nothing").isEqualTo(Duration.ofMillis(100));
        pass(backoff.remaining());
        backoff.accepted();
        assertThat(backoff.state().isWell()).isTrue();
    }

    @Test
    void workThatIsTakenDoesNotMakeALostHostWell() {
        backoff.failed(BROKEN);
        pass(backoff.remaining());
        backoff.accepted();
        assertThat(backoff.state().isWell()).isFalse();
        backoff.succeeded();
        assertThat(backoff.state().isWell()).isTrue();
    }

    @Test
    void aBusyHostThatIsLostIsNoLongerOneThatIsThere() {
        backoff.rejected(new IllegalStateException("busy"));
        pass(Duration.ofMillis(40));
        backoff.failed(BROKEN);
        assertThat(backoff.state().isBusy()).isFalse();
        assertThat(backoff.state().reason()).isSameAs(BROKEN);
        assertThat(backoff.remaining()).isEqualTo(Duration.ofMillis(60));
        backoff.rejected(new IllegalStateException("an answer that was late"));
        assertThat(backoff.state().isBusy()).isFalse();
    }
}
