package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Rows come as they are asked for, and so do bytes. */
interface DemandTests extends Suite {

    /** So long nothing comes: then it is taken as all that comes. */
    Duration QUIET = Duration.ofSeconds(1);

    @Test
    @Proves("Demand")
    default void rowsComeOneByOneAsTheyAreAskedFor() {
        try (Line line = bench().direct()) {
            StepVerifier.Step<Integer> rows =
                    StepVerifier.create(line.rows(), 0).expectSubscription();
            for (int i = 0; i < Bench.ROWS; i++) {
                rows = rows.thenRequest(1).expectNext(i);
            }
            rows.thenRequest(1).verifyComplete();
        }
    }

    @Test
    @Proves("Demand")
    default void nobodyGetsWhatHeHasNotAskedFor() {
        try (Line line = bench().direct()) {
            StepVerifier.create(line.rows(), 3)
                    .expectNext(0, 1, 2)
                    .expectNoEvent(Duration.ofMillis(200))
                    .thenRequest(2)
                    .expectNext(3, 4)
                    .thenCancel()
                    .verify();
            line.assertGood("five rows were read");
        }
    }

    /** {@code flatMap} asks for 256 rows and then waits for inner results: the outer one must not block these. */
    @Test
    @Proves("Demand")
    default void queriesInsideOfAQueryOnTheSameConnectionFinish() {
        try (Line line = bench().direct()) {
            List<Integer> got = Spi.await(Flux.from(line.connection()
                            .createStatement(fixture().select(Bench.TABLE))
                            .fetchSize(50)
                            .execute())
                    .flatMap(Line::values)
                    .flatMap(v -> Line.values(Objects.requireNonNull(line.connection()
                            .createStatement(fixture().selectOne(Bench.TABLE))
                            .bind(0, v)))));
            assertThat(got)
                    .hasSize(Bench.ROWS)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, Bench.ROWS).boxed().toList());
        }
    }

    @Test
    @Proves("Demand")
    @ThroughProxy
    default void tenRowsOfAMillionLetNoMoreBytesThroughThanIsWritten() {
        try (Line line = bench().proxied()) {
            long before = line.replies().awaitQuiet(Duration.ofMillis(50));
            long[] passed = new long[1];
            StepVerifier.create(line.scan(1_000_000), 10)
                    .expectNextCount(10)
                    .then(() -> passed[0] = line.replies().awaitQuiet(QUIET) - before)
                    .thenCancel()
                    .verify();
            System.out.println(
                    fixture().product() + ": " + passed[0] + " bytes came for ten rows of a million; the bound is "
                            + fixture().bytesForTenRows());
            assertThat(passed[0])
                    .as("bytes for ten rows")
                    .isLessThanOrEqualTo(fixture().bytesForTenRows());
            line.assertGood("ten rows of a million were read");
        }
    }
}
