package io.weir.tdengine.r2dbc;

import static io.weir.tdengine.r2dbc.PreparedTest.TABLES;
import static io.weir.tdengine.r2dbc.PreparedTest.rows;
import static io.weir.tdengine.r2dbc.StandIn.AT_ONCE;
import static io.weir.tdengine.r2dbc.StandIn.TWO_STEPS;
import static io.weir.tdengine.r2dbc.TestPlace.await;
import static io.weir.tdengine.r2dbc.TestPlace.close;
import static io.weir.tdengine.r2dbc.TestPlace.counts;
import static io.weir.tdengine.r2dbc.TestPlace.select;
import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.weir.core.WeirException.Sent;
import io.weir.r2dbc.WeirR2dbcException;
import io.weir.server.tdengine.manner.Manner;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** Prepared statements as the server counts them, and sockets that are cut. */
class PreparedStandInTest {

    private static StandIn power(String version) {
        return StandIn.of(version).run(TABLES);
    }

    @ParameterizedTest
    @ValueSource(strings = {TWO_STEPS, AT_ONCE})
    void allBindingsAreOneExecutionAndEachHasAResult(String version) {
        try (StandIn at = power(version)) {
            long before = at.server.counters().statements();
            assertThat(at.connected(c -> counts(rows(c, 1000)))).isEqualTo(Collections.nCopies(1000, 1L));
            assertThat(at.server.counters().statements() - before).isEqualTo(1);
            assertThat(at.connected(c -> select(c, "SELECT SUM(v) FROM t", Long.class)))
                    .containsExactly(499_500L);
        }
    }

    @Test
    void aServerWithoutPreparedStatementsGetsLiterals() {
        try (StandIn at = power("3.3.4.0")) {
            assertThat(at.connected(c -> counts(rows(c, 3)))).containsExactly(1L, 1L, 1L);
            assertThat(at.connected(c -> select(
                            c.createStatement("SELECT v FROM t WHERE name = ?").bind(0, "n1"), Integer.class)))
                    .containsExactly(1);
        }
    }

    @Test
    void aStatementIsPreparedOnceAndKeptForTheNextExecution() {
        try (StandIn at = power(TWO_STEPS)) {
            at.connected(c -> Flux.range(0, 10)
                    .concatMap(i -> counts(rows(c, 2)))
                    .doOnComplete(() -> {
                        assertThat(at.server.counters().prepared()).isEqualTo(1);
                        assertThat(at.server.counters().openStatements()).isEqualTo(1);
                    }));
            at.hangUp();
            await(() -> at.server.counters().openStatements() == 0);
        }
    }

    @Test
    void theStatementThatWasNotUsedForLongestIsClosed() {
        try (StandIn at = power(TWO_STEPS)) {
            at.connected(
                    "preparedStatementCacheSize=2",
                    c -> Flux.just("SELECT ?", "SELECT 1, ?", "SELECT ?", "SELECT 2, ?", "SELECT ?")
                            .concatMap(sql -> select(c.createStatement(sql).bind(0, 1), Integer.class))
                            .doOnComplete(() -> {
                                assertThat(at.server.counters().prepared()).isEqualTo(3);
                                assertThat(at.server.counters().openStatements())
                                        .isEqualTo(2);
                            }));
        }
    }

    @Test
    void withoutACacheEachStatementIsClosedAfterItsUse() {
        try (StandIn at = power(TWO_STEPS)) {
            at.connected(
                    "preparedStatementCacheSize=0",
                    c -> Flux.range(0, 3)
                            .concatMap(i -> counts(rows(c, 2)))
                            .doOnComplete(() -> assertThat(at.server.counters().openStatements())
                                    .isZero()));
        }
    }

    @Test
    void oneStatementsExecutionsMayOverlap() {
        try (StandIn at = power(TWO_STEPS).with(Manner.DELAY_MILLIS, 5)) {
            assertThat(at.connected(c -> Flux.range(0, 50)
                            .flatMap(i -> select(c.createStatement("SELECT ?").bind(0, i), Integer.class))))
                    .containsExactlyInAnyOrderElementsOf(
                            Flux.range(0, 50).collectList().block());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bind, 3.3.8.1, NO, 0",
        "exec, 3.3.8.1, MAYBE, 0",
        "executed, 3.3.8.1, MAYBE, 2",
        "executed, 3.4.1.13, MAYBE, 2"
    })
    void aSocketThatIsCutInAWriteSaysWhetherItWasSent(String where, String version, Sent sent, long written) {
        try (StandIn at = power(version)) {
            at.with(Manner.DROP, where);
            Throwable error = at.failure(c -> counts(rows(c, 2)));
            assertThat(error)
                    .isInstanceOf(R2dbcNonTransientResourceException.class)
                    .hasMessageContaining("2 rows");
            assertThat(((WeirR2dbcException) error).sent()).isEqualTo(sent);
            assertThat(at.connected(c -> select(c, "SELECT COUNT(*) FROM t", Long.class)))
                    .containsExactly(written);
        }
    }

    @Test
    void whoLeavesAPreparedQueryEarlyLeavesNothingOnTheServer() {
        try (StandIn at = power(TWO_STEPS)) {
            Connection c = at.connect();
            assertThat(Flux.from(c.createStatement("SELECT i FROM weir_gen.rows_1000000 WHERE i >= ?")
                                    .bind(0, 0)
                                    .execute())
                            .concatMap(result -> result.map(row -> row.get(0, Long.class)), 0)
                            .take(10)
                            .count()
                            .block(TestPlace.LONG))
                    .isEqualTo(10);
            await(() -> at.server.counters().openResults() == 0
                    && at.server.counters().openStatements() == 0);
            close(c);
        }
    }
}
