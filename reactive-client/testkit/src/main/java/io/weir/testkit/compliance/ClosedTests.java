package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.ValidationDepth;
import io.weir.testkit.Cut;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.test.StepVerifier;

/** Closing, and what is left of a connection after it. */
interface ClosedTests extends Suite {

    @Test
    @Proves("C13")
    default void closingTwiceCompletesTwice() {
        try (Line line = bench().direct()) {
            assertThat(Spi.await(line.connection().close())).isEmpty();
            assertThat(Spi.await(line.connection().close())).isEmpty();
        }
    }

    @Test
    @Proves("C13")
    @ThroughProxy
    @Needs(value = Capability.SHARED_SOCKETS, missing = true)
    default void closingHappensAtSubscriptionAndEndsTheSocket() throws InterruptedException {
        try (Line line = bench().proxied()) {
            Publisher<Void> close = line.connection().close();
            line.assertGood("close() was called and not subscribed");
            Spi.await(close);
            line.link().awaitEnd();
        }
    }

    @Test
    @Proves("C13")
    default void closingEndsAResultThatIsBeingRead() {
        try (Line line = bench().direct()) {
            StepVerifier.create(line.scan(1_000_000), 1)
                    .expectNext(1)
                    .then(() -> Spi.await(line.connection().close()))
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(row -> true)
                    .verifyError();
        }
    }

    @Test
    @Proves("C13")
    @ThroughProxy
    default void aLostConnectionCanBeClosed() throws InterruptedException {
        try (Line line = bench().proxied()) {
            line.link().cut(Cut.RST);
            line.link().awaitEnd();
            assertThat(Spi.await(line.connection().close())).isEmpty();
        }
    }

    @Test
    @Proves("C12")
    default void validationSaysFalseAfterClosing() {
        try (Line line = bench().direct()) {
            Spi.await(line.connection().close());
            for (ValidationDepth depth : ValidationDepth.values()) {
                assertThat(Spi.awaitOne(line.connection().validate(depth)))
                        .as("validate(" + depth + ")")
                        .isFalse();
            }
        }
    }

    @Test
    @Proves("C16")
    default void whatIsDoneWithAClosedConnectionIsAnIllegalState() {
        try (Line line = bench().direct()) {
            Connection connection = line.connection();
            Statement before = connection.createStatement(fixture().select(Bench.TABLE));
            Batch batch = connection.createBatch().add(fixture().select(Bench.TABLE));
            Spi.await(connection.close());
            Map<String, Supplier<Publisher<?>>> calls = new LinkedHashMap<>();
            calls.put("a statement made before", before::execute);
            calls.put("a batch made before", batch::execute);
            calls.put(
                    "createStatement",
                    () -> connection
                            .createStatement(fixture().select(Bench.TABLE))
                            .execute());
            calls.put(
                    "createBatch",
                    () -> connection
                            .createBatch()
                            .add(fixture().select(Bench.TABLE))
                            .execute());
            calls.put("beginTransaction", connection::beginTransaction);
            calls.put("beginTransaction(definition)", () -> connection.beginTransaction(IsolationLevel.READ_COMMITTED));
            calls.put("commitTransaction", connection::commitTransaction);
            calls.put("rollbackTransaction", connection::rollbackTransaction);
            calls.put("createSavepoint", () -> connection.createSavepoint("s"));
            calls.put("rollbackTransactionToSavepoint", () -> connection.rollbackTransactionToSavepoint("s"));
            calls.put("releaseSavepoint", () -> connection.releaseSavepoint("s"));
            calls.put("setAutoCommit", () -> connection.setAutoCommit(false));
            calls.put(
                    "setTransactionIsolationLevel",
                    () -> connection.setTransactionIsolationLevel(IsolationLevel.SERIALIZABLE));
            calls.put("setLockWaitTimeout", () -> connection.setLockWaitTimeout(Duration.ofSeconds(1)));
            calls.put("setStatementTimeout", () -> connection.setStatementTimeout(Duration.ofSeconds(1)));
            calls.forEach((what, call) -> assertThat(Spi.failureOf(what + " on a closed connection", call))
                    .as(what)
                    .isInstanceOf(IllegalStateException.class));
        }
    }
}
