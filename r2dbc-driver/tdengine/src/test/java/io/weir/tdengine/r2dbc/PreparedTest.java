package io.weir.tdengine.r2dbc;

import static io.weir.tdengine.r2dbc.TestPlace.close;
import static io.weir.tdengine.r2dbc.TestPlace.counts;
import static io.weir.tdengine.r2dbc.TestPlace.select;
import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.Statement;
import io.weir.core.WeirException.Sent;
import io.weir.r2dbc.WeirR2dbcException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Values in prepared statements: what is bound where, what is read back, and what fails how. */
class PreparedTest {

    static final String[] TABLES = {
        "CREATE STABLE meters (ts TIMESTAMP, v INT, name VARCHAR(10)) TAGS (site NCHAR(10))",
        "CREATE TABLE t (ts TIMESTAMP, v INT, name VARCHAR(10))"
    };

    private static TestPlace power() {
        return TestPlace.any().run(TABLES);
    }

    static Statement rows(Connection connection, int count) {
        Statement insert = connection.createStatement("INSERT INTO t VALUES(?, ?, ?)");
        for (int i = 0; i < count; i++) {
            (i == 0 ? insert : insert.add()).bind(0, (long) i).bind(1, i).bind(2, "n" + i);
        }
        return insert;
    }

    static Stream<String> places() {
        return Places.of(StandIn.TWO_STEPS, StandIn.AT_ONCE);
    }

    @ParameterizedTest
    @MethodSource("places")
    void tablesTagsAndValuesArePlaceholdersByName(String place) {
        try (TestPlace at = Places.at(place).run(TABLES)) {
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
        try (TestPlace at = power()) {
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
        try (TestPlace at = power()) {
            Instant moment = Instant.parse("2024-01-02T03:04:05.678901Z");
            List<Instant> read = at.connected(
                    "zone=Asia/Shanghai",
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
        try (TestPlace at = power()) {
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
    void enteringAnotherDatabaseForgetsWhatWasPreparedForTheFirst() {
        try (TestPlace at = power();
                TestPlace other = at.beside().run(TABLES)) {
            List<Long> counted = at.connected(c -> Flux.concat(
                    counts(rows(c, 2)),
                    counts(c.createStatement("USE " + other.database())),
                    counts(rows(c, 3)),
                    select(c, "SELECT COUNT(*) FROM " + at.database() + ".t", Long.class),
                    select(c, "SELECT COUNT(*) FROM " + other.database() + ".t", Long.class)));
            assertThat(counted).endsWith(2L, 3L);
        }
    }

    @Test
    void aCountThatCanNotBeDividedIsNoCount() {
        try (TestPlace at = power()) {
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

    @ParameterizedTest
    @CsvSource({
        "true, 'Binding 1 of 2', 'Boolean', \"'v' (INT)\"",
        "9999999999, 'Binding 1 of 2', 'is not between', \"'v' (INT)\""
    })
    void aValueOfTheWrongTypeIsNamedByBindingRowAndColumn(String value, String binding, String what, String column) {
        try (TestPlace at = power()) {
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
        try (TestPlace at = power()) {
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
        try (TestPlace at = power()) {
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

    @Test
    void resultsAreReadAsTheyAreAskedFor() {
        try (TestPlace at = power()) {
            Connection c = at.connect();
            assertThat(counts(rows(c, 5)).count().block(TestPlace.LONG)).isEqualTo(5);
            Flux<Integer> numbers = select(
                    c.createStatement("SELECT v FROM t WHERE v >= ? ORDER BY v").bind(0, 2), Integer.class);
            StepVerifier.create(numbers, 0)
                    .thenRequest(1)
                    .expectNext(2)
                    .thenRequest(2)
                    .expectNext(3, 4)
                    .thenRequest(1)
                    .expectComplete()
                    .verify(TestPlace.LONG);
            close(c);
        }
    }
}
