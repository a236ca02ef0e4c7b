package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcTimeoutException;
import io.weir.testkit.Patience;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The statement time-out: execution and consumption of the result together; the connection is good after it. */
interface TimeoutTests extends Suite {

    Duration LIMIT = Duration.ofMillis(400);

    @Test
    @Proves("C11")
    @ThroughProxy
    default void aStatementWithoutAnAnswerTimesOut() {
        try (Line line = bench().proxied()) {
            Spi.await(line.connection().setStatementTimeout(LIMIT));
            line.replies().hold();
            assertThat(Spi.failureOf("a query without an answer", line::rows))
                    .isInstanceOf(R2dbcTimeoutException.class);
            line.replies().pass();
            Spi.await(line.connection().setStatementTimeout(Duration.ZERO));
            line.assertGood("a statement has timed out");
        }
    }

    @Test
    @Proves("C11")
    default void aResultThatIsReadTooSlowlyTimesOut() {
        try (Line line = bench().direct()) {
            Spi.await(line.connection().setStatementTimeout(LIMIT));
            StepVerifier.create(line.scan(1_000_000), 1)
                    .thenConsumeWhile(row -> true)
                    .expectErrorSatisfies(error -> assertThat(error).isInstanceOf(R2dbcTimeoutException.class))
                    .verify(Patience.limit());
            Spi.await(line.connection().setStatementTimeout(Duration.ZERO));
            line.assertGood("the reading of a result has timed out");
        }
    }

    @Test
    @Proves("C11")
    @ThroughProxy
    default void zeroIsNoLimit() {
        try (Line line = bench().proxied()) {
            Spi.await(line.connection().setStatementTimeout(LIMIT));
            Spi.await(line.connection().setStatementTimeout(Duration.ZERO));
            line.replies().hold();
            Mono<Void> later = Mono.delay(LIMIT.multipliedBy(2))
                    .doOnNext(now -> line.replies().pass())
                    .then();
            assertThat(Spi.await(
                            Mono.zip(line.rows().count(), later.thenReturn(1)).map(both -> both.getT1())))
                    .containsExactly((long) Bench.ROWS);
        }
    }

    @Test
    @Proves("C11")
    @Needs(Capability.SLOW_STATEMENTS)
    default void aStatementThatKeepsTheServerBusyTimesOutAndStops() {
        try (Line line = bench().direct()) {
            Spi.await(line.connection().setStatementTimeout(LIMIT));
            assertThat(Spi.failureOf(
                            "a slow statement",
                            () -> Line.values(
                                    line.connection().createStatement(fixture().slow()))))
                    .isInstanceOf(R2dbcTimeoutException.class);
            Spi.await(line.connection().setStatementTimeout(Duration.ZERO));
            line.assertGood("a slow statement has timed out");
        }
    }
}
