package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import io.weir.testkit.Cut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** An open connection: what it tells, how it is validated, what it refuses to be given. */
interface ConnectionTests extends Suite {

    @Test
    @Proves("C4")
    default void aConnectionCanBeUnwrapped() {
        try (Line line = bench().direct()) {
            assertThat(line.connection()).isInstanceOf(Wrapped.class);
            assertThat(((Wrapped<?>) line.connection()).unwrap(line.connection().getClass()))
                    .as("unwrap to its own class")
                    .isSameAs(line.connection());
        }
    }

    @Test
    @Proves("C10")
    @ThroughProxy
    default void theIsolationLevelIsKnownWithoutTheServer() {
        try (Line line = bench().proxied()) {
            line.link().hold();
            assertThat(line.connection().getTransactionIsolationLevel()).isNotNull();
            line.link().pass();
        }
    }

    @Test
    @Proves("C10")
    @Needs(Capability.TRANSACTIONS)
    default void theIsolationLevelThatIsSetIsTold() {
        try (Line line = bench().direct()) {
            IsolationLevel other =
                    line.connection().getTransactionIsolationLevel().equals(IsolationLevel.READ_COMMITTED)
                            ? IsolationLevel.REPEATABLE_READ
                            : IsolationLevel.READ_COMMITTED;
            Spi.await(line.connection().setTransactionIsolationLevel(other));
            assertThat(line.connection().getTransactionIsolationLevel()).isEqualTo(other);
            line.assertGood("the isolation level was changed");
        }
    }

    @Test
    @Proves("C12")
    @ThroughProxy
    default void localValidationNeedsNoNetwork() {
        try (Line line = bench().proxied()) {
            line.link().hold();
            long before = line.link().toServer().bytes();
            assertThat(Spi.awaitOne(line.connection().validate(ValidationDepth.LOCAL)))
                    .isTrue();
            assertThat(line.link().toServer().bytes()).as("bytes sent").isEqualTo(before);
            line.link().pass();
        }
    }

    @Test
    @Proves("C12")
    @ThroughProxy
    default void validationOfASilentServerSaysFalse() {
        try (Line line = bench().proxied()) {
            line.replies().hold();
            assertThat(Spi.awaitOne(line.connection().validate(ValidationDepth.REMOTE)))
                    .isFalse();
            line.replies().pass();
        }
    }

    @Test
    @Proves("C12")
    @ThroughProxy
    @Needs(value = Capability.SHARED_SOCKETS, missing = true)
    default void validationOfALostConnectionSaysFalse() throws InterruptedException {
        try (Line line = bench().proxied()) {
            line.link().cut(Cut.FIN);
            line.link().awaitEnd();
            assertThat(Spi.awaitOne(line.connection().validate(ValidationDepth.REMOTE)))
                    .isFalse();
            line.awaitLost();
        }
    }

    @Test
    @Proves("C12")
    default void validationDuringAStatementDisturbsNeither() {
        try (Line line = bench().direct()) {
            Connection connection = line.connection();
            StepVerifier.create(Flux.merge(
                            line.rows(),
                            Flux.from(connection.validate(ValidationDepth.REMOTE))
                                    .map(valid -> valid ? -1 : -2)))
                    .recordWith(ArrayList::new)
                    .thenConsumeWhile(value -> true)
                    .expectRecordedMatches(values -> values.size() == Bench.ROWS + 1 && values.contains(-1))
                    .verifyComplete();
        }
    }

    @Test
    @Proves("C14")
    default void theServerIsNamedWithItsVersion() {
        try (Line line = bench().direct()) {
            assertThat(line.connection().getMetadata().getDatabaseProductName()).isNotBlank();
            assertThat(line.connection().getMetadata().getDatabaseVersion()).isNotBlank();
        }
    }

    @Test
    @Proves("C15")
    // Null is what is tested.
    @SuppressWarnings("NullAway")
    default void nullIsRefusedAtTheCall() {
        try (Line line = bench().direct()) {
            Connection connection = line.connection();
            Statement statement = connection.createStatement(fixture().insertWithPlaceholders(Bench.SCRATCH));
            ThrowingCallable[] calls = {
                () -> connection.createStatement(null),
                () -> connection.createBatch().add(null),
                () -> connection.createSavepoint(null),
                () -> connection.releaseSavepoint(null),
                () -> connection.rollbackTransactionToSavepoint(null),
                () -> connection.beginTransaction(null),
                () -> connection.setTransactionIsolationLevel(null),
                () -> connection.setLockWaitTimeout(null),
                () -> connection.setStatementTimeout(null),
                () -> connection.validate(null),
                () -> statement.bind(0, null),
                () -> statement.bind(null, 1),
                () -> statement.bindNull(0, null),
                () -> statement.bindNull(null, String.class),
                () -> statement.returnGeneratedValues((String[]) null),
                () -> statement.returnGeneratedValues("v", null)
            };
            for (int i = 0; i < calls.length; i++) {
                assertThatIllegalArgumentException()
                        .as("call %d of the list", i)
                        .isThrownBy(calls[i]);
            }
            line.assertGood("null was refused");
        }
    }

    @Test
    @Proves("C11")
    default void timeOutsOfAllLengthsCanBeSet() {
        try (Line line = bench().direct()) {
            for (Duration limit :
                    List.of(Duration.ZERO, Duration.ofSeconds(20), Duration.ofDays(1000), Duration.ZERO)) {
                Spi.await(line.connection().setStatementTimeout(limit));
                line.assertGood("the statement time-out is " + limit);
            }
        }
    }

    @Test
    @Proves("C17")
    default void statementsThatAreSubscribedTogetherDoNotMix() {
        try (Line line = bench().direct()) {
            List<Integer> wanted = IntStream.range(0, 40).boxed().toList();
            List<Integer> got = Spi.await(Flux.fromIterable(wanted)
                    .flatMapSequential(
                            v -> Line.values(Objects.requireNonNull(line.connection()
                                    .createStatement(fixture().selectOne(Bench.TABLE))
                                    .bind(0, v))),
                            wanted.size()));
            assertThat(got).isEqualTo(wanted);
        }
    }
}
