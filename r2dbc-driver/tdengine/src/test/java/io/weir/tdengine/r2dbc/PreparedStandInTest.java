package io.weir.tdengine.r2dbc;

import static io.weir.tdengine.r2dbc.StandIn.AT_ONCE;
import static io.weir.tdengine.r2dbc.StandIn.TWO_STEPS;
import static io.weir.tdengine.r2dbc.StandIn.await;
import static io.weir.tdengine.r2dbc.StandIn.counts;
import static io.weir.tdengine.r2dbc.StandIn.select;
import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.Statement;
import io.weir.core.WeirException.Sent;
import io.weir.r2dbc.WeirR2dbcException;
import io.weir.server.tdengine.manner.Manner;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Values in prepared statements: what is bound once and executed once, what is kept, and what fails how. */
class PreparedStandInTest {

    private static StandIn power(String version) {
        return StandIn.of(version)
                .run(
                        "CREATE STABLE meters (ts TIMESTAMP, v INT, name VARCHAR(10)) TAGS (site NCHAR(10))",
                        "CREATE TABLE t (ts TIMESTAMP, v INT, name VARCHAR(10))");
    }

    private static Statement rows(Connection connection, int count) {
        Statement insert = connection.createStatement("INSERT INTO t VALUES(?, ?, ?)");
        for (int i = 0; i < count; i++) {
            (i == 0 ? insert : insert.add()).bind(0, (long) i).bind(1, i).bind(2, "n" + i);
        }
        return insert;
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

    @ParameterizedTest
    @ValueSource(strings = {TWO_STEPS, AT_ONCE})
    void tablesTagsAndValuesArePlaceholdersByName(String version) {
        try (StandIn at = power(version)) {
            assertThat(at.connected(c -> counts(
                            c.createStatement("INSERT INTO :table USING meters TAGS(:site) VALUES(:ts, :v, :name)")
                                    .bind("table", "d1")
                                    .bind("site", "nörd")
                                    .bind("ts", Instant.EPOCH)
                                    .bind("v", 1)
                                    .bindNull("name", String.class)
                                    .add()
                                    .bind("table", "d2")
                                    .bind("site", "south")
                                    .bind("ts", Instant.EPOCH)
                                    .bind("v", 2)
                                    .bind("name", "b")
                                    .add()
                                    .bind("table", "d1")
                                    .bind("site", "nörd")
                                    .bind("ts", Instant.EPOCH.plusSeconds(1))
                                    .bind("v", 3)
                                    .bind("name", "c"))))
                    .containsExactly(1L, 1L, 1L);
            assertThat(at.connected(
                            c -> select(c, "SELECT SUM(v) FROM meters WHERE site = 'nörd' GROUP BY site", Long.class)))
                    .containsExactly(4L);
        }
    }

    @Test
    void theSuperTablesFormNamesATableForEachRow() {
        try (StandIn at = power(AT_ONCE)) {
            assertThat(at.connected(
                            c -> counts(c.createStatement("INSERT INTO meters(tbname, site, ts, v) VALUES(?, ?, ?, ?)")
                                    .bind(0, "d1")
                                    .bind(1, "north")
                                    .bind(2, 1L)
                                    .bind(3, 1)
                                    .add()
                                    .bind(0, "d2")
                                    .bind(1, "south")
                                    .bind(2, 1L)
                                    .bind(3, 2))))
                    .containsExactly(1L, 1L);
            assertThat(at.connected(c -> select(c, "SELECT v FROM d2", Integer.class)))
                    .containsExactly(2);
        }
    }

    @Test
    void timesOfAllKindsKeepTheDatabasesPrecisionAndTheSessionsZone() {
        try (StandIn at = power(TWO_STEPS)) {
            Instant moment = Instant.parse("2024-01-02T03:04:05.678901Z");
            List<Instant> read = at.connected(
                    "?zone=Asia/Shanghai",
                    c -> Flux.concat(
                            counts(c.createStatement("INSERT INTO t VALUES(?, ?, ?)")
                                            .bind(0, moment)
                                            .bind(1, 1)
                                            .bind(2, "")
                                            .add()
                                            .bind(0, OffsetDateTime.ofInstant(moment.plusSeconds(1), ZoneOffset.UTC))
                                            .bind(1, 2)
                                            .bind(2, "")
                                            .add()
                                            .bind(0, LocalDateTime.parse("2024-01-02T11:04:07.678901"))
                                            .bind(1, 3)
                                            .bind(2, "")
                                            .add()
                                            .bind(0, moment.plusSeconds(3).toEpochMilli() * 1000 + 901)
                                            .bind(1, 4)
                                            .bind(2, ""))
                                    .thenMany(Flux.<Instant>empty()),
                            select(c, "SELECT ts FROM t", Instant.class),
                            select(
                                    c.createStatement("SELECT ts FROM t WHERE ts = ?")
                                            .bind(0, LocalDateTime.parse("2024-01-02T11:04:07.678901")),
                                    Instant.class),
                            select(
                                    c.createStatement("SELECT ts FROM t WHERE ts = ?")
                                            .bind(0, moment),
                                    Instant.class)));
            assertThat(read)
                    .containsExactly(
                            moment,
                            moment.plusSeconds(1),
                            moment.plusSeconds(2),
                            moment.plusSeconds(3),
                            moment.plusSeconds(2),
                            moment);
        }
    }

    @Test
    void whatStandsWhereTheServerTakesNoPlaceholderBecomesALiteral() {
        try (StandIn at = power(TWO_STEPS)) {
            assertThat(at.connected(c -> Flux.concat(
                            counts(c.createStatement("CREATE TABLE d1 USING meters TAGS(?)")
                                    .bind(0, "it's")),
                            counts(c.createStatement("INSERT INTO ? VALUES(?, ?, 'x')")
                                    .bind(0, "d1")
                                    .bind(1, Instant.EPOCH)
                                    .bind(2, 7)),
                            counts(c.createStatement("DELETE FROM d1 WHERE ts < ?")
                                    .bind(0, Instant.EPOCH)),
                            select(
                                    c.createStatement("SELECT COUNT(*) FROM meters WHERE site = ?")
                                            .bind(0, "it's"),
                                    Long.class))))
                    .endsWith(1L);
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
            await(() -> at.server.counters().openStatements() == 0);
        }
    }

    @Test
    void theStatementThatWasNotUsedForLongestIsClosed() {
        try (StandIn at = power(TWO_STEPS)) {
            at.connected(
                    "?preparedStatementCacheSize=2",
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
                    "?preparedStatementCacheSize=0",
                    c -> Flux.range(0, 3)
                            .concatMap(i -> counts(rows(c, 2)))
                            .doOnComplete(() -> assertThat(at.server.counters().openStatements())
                                    .isZero()));
        }
    }

    @Test
    void enteringAnotherDatabaseForgetsWhatWasPreparedForTheFirst() {
        try (StandIn at =
                power(TWO_STEPS).run("CREATE DATABASE q", "CREATE TABLE q.t (ts TIMESTAMP, v INT, name VARCHAR(10))")) {
            List<Long> counted = at.connected(c -> Flux.concat(
                    counts(rows(c, 2)),
                    counts(c.createStatement("USE q")),
                    counts(rows(c, 3)),
                    select(c, "SELECT COUNT(*) FROM p.t", Long.class),
                    select(c, "SELECT COUNT(*) FROM q.t", Long.class)));
            assertThat(counted).endsWith(2L, 3L);
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

    @Test
    void aCountThatCanNotBeDividedIsNoCount() {
        try (StandIn at = power(TWO_STEPS)) {
            List<Long> counts = at.connected(c -> Flux.from(c.createStatement("INSERT INTO t VALUES(?, ?, ?)")
                            .bind(0, 1L)
                            .bind(1, 1)
                            .bind(2, "a")
                            .add()
                            .bind(0, 1L)
                            .bind(1, 2)
                            .bind(2, "b")
                            .execute())
                    .concatMap(result -> Mono.from(result.getRowsUpdated()).defaultIfEmpty(-1L)));
            // The stand-in counts both, as rows that it took; a server that counts one makes both unknown.
            assertThat(counts).hasSize(2).allMatch(count -> count.equals(counts.get(0)));
            assertThat(at.connected(c -> select(c, "SELECT v FROM t", Integer.class)))
                    .containsExactly(2);
        }
    }

    // --- what fails -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "true, 'Binding 1 of 2', 'Boolean', \"'v' (INT)\"",
        "9999999999, 'Binding 1 of 2', 'is not between', \"'v' (INT)\""
    })
    void aValueOfTheWrongTypeIsNamedByBindingRowAndColumn(String value, String binding, String what, String column) {
        try (StandIn at = power(TWO_STEPS)) {
            Object wrong = value.equals("true") ? (Object) true : Long.valueOf(value);
            Throwable error = at.failure(c -> counts(c.createStatement("INSERT INTO t VALUES(?, ?, ?)")
                    .bind(0, 1L)
                    .bind(1, 1)
                    .bind(2, "a")
                    .add()
                    .bind(0, 2L)
                    .bind(1, wrong)
                    .bind(2, "b")));
            assertThat(error)
                    .isInstanceOf(R2dbcBadGrammarException.class)
                    .hasMessageContaining(binding)
                    .hasMessageContaining("Row 1")
                    .hasMessageContaining(what)
                    .hasMessageContaining(column.replace("\"", ""));
            assertThat(((R2dbcBadGrammarException) error).getSqlState()).isEqualTo("22000");
            assertThat(((WeirR2dbcException) error).sent()).isEqualTo(Sent.NO);
            assertThat(at.connected(c -> select(c, "SELECT COUNT(*) FROM t", Long.class)))
                    .containsExactly(0L);
        }
    }

    @Test
    void aTextThatIsTooLongIsNamedBeforeItIsSentOrByTheServer() {
        try (StandIn at = power(TWO_STEPS)) {
            for (String text : List.of("much too long for its column", "elevenbytes")) {
                Throwable error = at.failure(c -> counts(c.createStatement("INSERT INTO t VALUES(?, ?, ?)")
                        .bind(0, 1L)
                        .bind(1, 1)
                        .bind(2, text)));
                assertThat(error).hasMessageContaining("Row 0").hasMessageContaining("'name'");
            }
        }
    }

    @Test
    void aRefusalIsEveryBindingsAndTheConnectionGoesOn() {
        try (StandIn at = power(TWO_STEPS)) {
            List<Object> outcomes = at.connected(c -> Flux.concat(
                    Flux.from(c.createStatement("INSERT INTO t VALUES(?, ?, ?)")
                                    .bind(0, 1L)
                                    .bind(1, 1)
                                    .bind(2, "elevenbytes")
                                    .add()
                                    .bind(0, 2L)
                                    .bind(1, 2)
                                    .bind(2, "b")
                                    .execute())
                            .concatMap(result -> Flux.from(result.getRowsUpdated())
                                    .<Object>cast(Object.class)
                                    .onErrorResume(Flux::just)),
                    counts(rows(c, 1))));
            assertThat(outcomes).hasSize(3).endsWith(1L);
            assertThat(outcomes.subList(0, 2))
                    .allSatisfy(error -> assertThat((Throwable) error)
                            .isInstanceOf(R2dbcDataIntegrityViolationException.class)
                            .hasMessageContaining("2 bindings"));
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
                            .block(StandIn.LONG))
                    .isEqualTo(10);
            await(() -> at.server.counters().openResults() == 0
                    && at.server.counters().openStatements() == 0);
            Mono.from(c.close()).block(StandIn.LONG);
        }
    }

    @Test
    void resultsAreReadAsTheyAreAskedFor() {
        try (StandIn at = power(TWO_STEPS)) {
            Connection c = at.connect();
            assertThat(counts(rows(c, 5)).count().block(StandIn.LONG)).isEqualTo(5);
            Flux<Integer> numbers = select(
                    c.createStatement("SELECT v FROM t WHERE v >= ? ORDER BY v").bind(0, 2), Integer.class);
            StepVerifier.create(numbers, 0)
                    .thenRequest(1)
                    .expectNext(2)
                    .thenRequest(2)
                    .expectNext(3, 4)
                    .thenRequest(1)
                    .expectComplete()
                    .verify(StandIn.LONG);
            Mono.from(c.close()).block(StandIn.LONG);
        }
    }
}
