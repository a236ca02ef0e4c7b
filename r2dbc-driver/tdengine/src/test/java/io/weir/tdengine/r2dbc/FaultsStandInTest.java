package io.weir.tdengine.r2dbc;

import static io.weir.tdengine.r2dbc.TestPlace.await;
import static io.weir.tdengine.r2dbc.TestPlace.close;
import static io.weir.tdengine.r2dbc.TestPlace.counts;
import static io.weir.tdengine.r2dbc.TestPlace.failureOf;
import static io.weir.tdengine.r2dbc.TestPlace.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcNonTransientException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.r2dbc.spi.ValidationDepth;
import io.weir.core.WeirException.Sent;
import io.weir.r2dbc.WeirR2dbcException;
import io.weir.server.tdengine.manner.Manner;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Wrong settings, refusals, and servers and networks that fail. */
class FaultsStandInTest {

    private static StandIn server() {
        return StandIn.of(StandIn.TWO_STEPS);
    }

    @Test
    void aWrongPasswordIsNoPermissionAndIsNotRepeated() {
        try (StandIn at = server()) {
            assertThat(failureOf(at.factoryOf(at.wrongUrl("mistaken-secret")).create()))
                    .isInstanceOf(R2dbcPermissionDeniedException.class)
                    .hasMessageContaining("root")
                    .hasMessageNotContaining("mistaken-secret");
        }
    }

    @Test
    void aTokenThatHasExpiredIsNoPermissionAndIsNotRepeated() {
        try (StandIn at = server()) {
            ConnectionFactoryOptions options = ConnectionFactoryOptions.parse(at.url())
                    .mutate()
                    .option(Option.sensitiveValueOf("bearerToken"), "weir-token")
                    .build();
            close(Mono.from(ConnectionFactories.get(options).create())
                    .blockOptional(TestPlace.LONG)
                    .orElseThrow());
            at.with(Manner.TOKEN_EXPIRED, true);
            assertThat(failureOf(ConnectionFactories.get(options).create()))
                    .isInstanceOf(R2dbcPermissionDeniedException.class)
                    .hasMessageNotContaining("weir-token");
        }
    }

    @Test
    void aDatabaseThatIsMissingIsNamedAndFoundOnceItIsThere() {
        try (StandIn at = server()) {
            var factory = at.factoryOf(at.server.url() + "/later");
            assertThat(failureOf(factory.create()))
                    .isInstanceOf(R2dbcBadGrammarException.class)
                    .hasMessageContaining("later");
            at.run("CREATE DATABASE later");
            assertThat(Flux.usingWhen(
                                    factory.create(),
                                    c -> select(c, "SELECT DATABASE()", String.class),
                                    Connection::close)
                            .blockLast(TestPlace.LONG))
                    .isEqualTo("later");
        }
    }

    @Test
    void aServerThatIsTooOldIsNamedAndOneThatTellsItsVersionOnlyWhenAskedIsNot() {
        try (StandIn at = server().with(Manner.VERSION_IN_CONN, false)) {
            assertThat(at.connected(c -> Mono.just(c.getMetadata().getDatabaseVersion())))
                    .containsExactly(StandIn.TWO_STEPS);
            at.with(Manner.VERSION, "3.3.1.0");
            assertThat(failureOf(at.factory("").create()))
                    .isInstanceOf(R2dbcNonTransientException.class)
                    .hasMessageContaining("3.3.1.0")
                    .hasMessageContaining("3.3.2.0");
        }
    }

    @ParameterizedTest
    @CsvSource({"query, MAYBE", "answer, MAYBE", "block, MAYBE"})
    void aSocketThatIsCutInAQueryIsALostResource(String where, Sent sent) {
        try (StandIn at = server().with(Manner.DROP, where)) {
            Throwable error = at.failure(c -> select(c, "SELECT * FROM weir_gen.rows_10000", Object.class));
            assertThat(error).isInstanceOf(R2dbcNonTransientResourceException.class);
            assertThat(((WeirR2dbcException) error).sent()).isEqualTo(sent);
        }
    }

    @Test
    void anErrorInTheMiddleOfAResultComesBehindItsRows() {
        try (StandIn at = server()) {
            long[] rows = new long[1];
            Throwable error =
                    at.failure(c -> select(c, "/*weir fail=5000*/ SELECT i FROM weir_gen.rows_10000", Long.class)
                            .doOnNext(row -> rows[0]++));
            assertThat(error).hasMessageContaining("after 5000 rows");
            assertThat(rows[0]).isEqualTo(5000);
        }
    }

    @Test
    void theLimiterIsWorthAnotherTry() {
        try (StandIn at = server().with(Manner.LIMITER_SLOTS, 1).with(Manner.LIMITER_WAIT_MILLIS, 50)) {
            Throwable error = at.failure(c -> select(c, "SELECT * FROM weir_gen.rows_100000", Object.class)
                    .concatMap(row -> select(c, "SELECT 1", Integer.class), 1));
            assertThat(error)
                    .isInstanceOf(R2dbcTransientResourceException.class)
                    .hasMessageContaining("0xfffe")
                    .hasMessageContaining("try again later");
        }
    }

    @Test
    void aStatementThatTheServerIsSetToRejectIsNotWorthAnother() {
        try (StandIn at = server().with(Manner.REJECT_SQL, "(?i)drop")) {
            assertThat(at.failure(c -> counts(c.createStatement("DROP DATABASE p"))))
                    .isInstanceOf(R2dbcNonTransientException.class)
                    .hasMessageContaining("0xfffd")
                    .hasMessageContaining("trying again changes nothing");
        }
    }

    @Test
    void anUnknownOptionIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> ConnectionFactories.get("r2dbc:tdengine://h?preparedStatmentCacheSize=3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("preparedStatementCacheSize");
        assertThatThrownBy(() -> ConnectionFactories.get("r2dbc:tdengine:nonsense://h"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aConnectionEndsWithItsSocketAndSaysSo() {
        try (StandIn at = server()) {
            Connection c = at.connect();
            assertThat(counts(c.createStatement("USE p")).blockLast(TestPlace.LONG))
                    .isZero();
            at.server.dropConnections();
            await(() -> Boolean.FALSE.equals(
                    Mono.from(c.validate(ValidationDepth.LOCAL)).block(TestPlace.LONG)));
            assertThat(failureOf(select(c, "SELECT 1", Integer.class)))
                    .isInstanceOf(R2dbcNonTransientResourceException.class);
            assertThat(Mono.from(c.validate(ValidationDepth.REMOTE)).block(TestPlace.LONG))
                    .isFalse();
            close(c);
        }
    }

    @Test
    void aStatementThatTakesTooLongIsStoppedAndItsResultFreed() {
        try (StandIn at = server()) {
            Connection c = at.connect();
            Mono.from(c.setStatementTimeout(Duration.ofMillis(100))).block(TestPlace.LONG);
            assertThat(failureOf(select(c, "/*weir delay=1000*/ SELECT 1", Integer.class)))
                    .isInstanceOf(R2dbcTimeoutException.class);
            Mono.from(c.setStatementTimeout(Duration.ZERO)).block(TestPlace.LONG);
            assertThat(select(c, "SELECT 2", Integer.class).blockLast(TestPlace.LONG))
                    .isEqualTo(2);
            await(() -> at.server.counters().freed() > 0 && at.server.counters().openResults() == 0);
            close(c);
        }
    }

    @Test
    void transactionsAreRefusedWithTheWayThatWorks() {
        try (StandIn at = server()) {
            Connection c = at.connect();
            assertThat(failureOf(c.beginTransaction()))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("Statement.add");
            assertThat(failureOf(c.setAutoCommit(false))).isInstanceOf(UnsupportedOperationException.class);
            close(c);
        }
    }
}
