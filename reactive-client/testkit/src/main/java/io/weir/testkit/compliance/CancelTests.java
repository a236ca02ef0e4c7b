package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Whoever leaves early leaves a connection that is as good as before. */
interface CancelTests extends Suite {

    /**
     * Records what the server answers, then plays each conversation once and again, lets exactly so many frames of the answer
     * through, cancels, lets the rest through, and runs a good query on the same connection. Connecting is one of the
     * conversations: when it is cancelled the socket must end.
     */
    @Test
    @Proves("Cancel, C2")
    @ThroughProxy
    @Needs(value = Capability.SHARED_SOCKETS, missing = true)
    default void cancelAtEveryFrameBoundaryLeavesTheConnectionGood() throws InterruptedException {
        Map<String, Integer> boundaries = new Boundaries(bench()).cancelAtEach();
        int all = boundaries.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(fixture().product() + ": cancel at every frame boundary: " + all + " " + boundaries);
        assertThat(all)
                .as("frame boundaries: " + boundaries)
                .isGreaterThanOrEqualTo(fixture().minimalBoundaries());
        assertThat(boundaries)
                .as("every conversation has answers")
                .allSatisfy((what, count) -> assertThat(count).isPositive());
    }

    @Test
    @Proves("Cancel")
    default void cancelAtAnyMomentFromAnotherThreadLeavesTheConnectionGood() {
        long seed = Long.getLong("weir.test.seed", System.nanoTime());
        Random random = new Random(seed);
        try (Line line = bench().direct()) {
            for (int i = 0; i < 200; i++) {
                Disposable running = line.rows().subscribe();
                LockSupport.parkNanos(random.nextInt(1_500_000));
                running.dispose();
                if (i % 10 == 9) {
                    line.assertGood((i + 1) + " queries were cancelled, seed " + seed);
                }
            }
        }
    }

    @Test
    @Proves("R9")
    @ThroughProxy
    default void whoTakesSomeRowsOfAMillionStopsTheRest() {
        try (Line line = bench().proxied()) {
            StepVerifier.create(line.scan(1_000_000).take(20))
                    .expectNextCount(20)
                    .verifyComplete();
            long after = line.replies().awaitQuiet(Duration.ofMillis(300));
            line.assertGood("twenty rows of a million were taken");
            assertThat(after)
                    .as("bytes of a million rows of which twenty were taken")
                    .isLessThan(20_000_000);
        }
    }

    @Test
    @Proves("Cancel")
    default void whoTakesTheResultAndLeavesTheStatementStillReadsIt() {
        try (Line line = bench().direct()) {
            StepVerifier.create(Mono.from(line.connection()
                                    .createStatement(fixture().select(Bench.TABLE))
                                    .execute())
                            .flatMapMany(Line::values))
                    .expectNextCount(Bench.ROWS)
                    .verifyComplete();
            line.assertGood("Mono.from(execute()) has cancelled");
        }
    }

    @Test
    @Proves("Cancel")
    default void whatIsCancelledBeforeAnythingIsAskedForLeavesTheConnectionGood() {
        try (Line line = bench().direct()) {
            for (int i = 0; i < 20; i++) {
                StepVerifier.create(line.rows(), 0).thenCancel().verify();
                line.rows().subscribe().dispose();
            }
            line.assertGood("queries were cancelled at once");
        }
    }

    @Test
    @Proves("Cancel")
    default void oneOfSeveralStatementsIsCancelledAndTheOthersFinish() {
        try (Line line = bench().direct()) {
            Flux<Long> whole = line.rows().count().flux();
            Flux<Long> some = line.rows().take(3).count().flux();
            assertThat(Spi.await(Flux.merge(whole, some, whole, some, whole)))
                    .containsExactlyInAnyOrder((long) Bench.ROWS, 3L, (long) Bench.ROWS, 3L, (long) Bench.ROWS);
            line.assertGood("some of several statements were cancelled");
        }
    }
}
