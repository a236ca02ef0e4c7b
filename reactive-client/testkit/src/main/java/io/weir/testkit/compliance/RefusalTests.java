package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Result;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** What a store can not do is refused, loudly; or has no effect, where the SPI wants that. */
interface RefusalTests extends Suite {

    @Test
    @Proves("C6")
    @Needs(value = Capability.TRANSACTIONS, missing = true)
    default void transactionsAreRefused() {
        try (Line line = bench().direct()) {
            Connection connection = line.connection();
            Map<String, Supplier<Publisher<?>>> calls = new LinkedHashMap<>();
            calls.put("beginTransaction", connection::beginTransaction);
            calls.put("beginTransaction(definition)", () -> connection.beginTransaction(IsolationLevel.READ_COMMITTED));
            calls.put("commitTransaction", connection::commitTransaction);
            calls.put("rollbackTransaction", connection::rollbackTransaction);
            calls.put("setAutoCommit(false)", () -> connection.setAutoCommit(false));
            calls.put(
                    "setTransactionIsolationLevel",
                    () -> connection.setTransactionIsolationLevel(IsolationLevel.SERIALIZABLE));
            refuses(calls);
            line.assertGood("transactions were refused");
        }
    }

    @Test
    @Proves("C7")
    @Needs(value = Capability.TRANSACTIONS, missing = true)
    default void autoCommitIsOnAndMayBeSetToWhatItIs() {
        try (Line line = bench().direct()) {
            assertThat(line.connection().isAutoCommit()).isTrue();
            assertThat(Spi.await(line.connection().setAutoCommit(true))).isEmpty();
            assertThat(line.connection().isAutoCommit()).isTrue();
        }
    }

    @Test
    @Proves("C9")
    @Needs(value = Capability.SAVEPOINTS, missing = true)
    default void savepointsAreRefusedAndReleasingOneHasNoEffect() {
        try (Line line = bench().direct()) {
            Connection connection = line.connection();
            refuses(Map.of(
                    "createSavepoint", () -> connection.createSavepoint("s"),
                    "rollbackTransactionToSavepoint", () -> connection.rollbackTransactionToSavepoint("s")));
            assertThat(Spi.await(connection.releaseSavepoint("s"))).isEmpty();
            line.assertGood("savepoints were refused");
        }
    }

    @Test
    @Proves("S7")
    @Needs(value = Capability.GENERATED_VALUES, missing = true)
    default void askingForGeneratedValuesHasNoEffect() {
        try (Line line = bench().direct()) {
            Spi.await(Flux.from(line.connection()
                            .createStatement(fixture().insert(Bench.SCRATCH, 1, 1))
                            .returnGeneratedValues("v")
                            .execute())
                    .concatMap(Result::getRowsUpdated));
            line.assertGood("generated values were asked for");
        }
    }

    private static void refuses(Map<String, Supplier<Publisher<?>>> calls) {
        calls.forEach((what, call) -> assertThat(Spi.failureOf(what, call))
                .as(what)
                .isInstanceOf(UnsupportedOperationException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .as("the text of the refusal of " + what)
                .isNotBlank());
    }
}
