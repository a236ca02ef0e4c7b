package io.weir.tdengine;

import static io.weir.tdengine.StandIn.all;
import static io.weir.tdengine.StandIn.errorOf;
import static io.weir.tdengine.StandIn.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.core.page.Parts;
import io.weir.server.tdengine.manner.Manner;
import io.weir.tdengine.type.StatementField.Role;
import io.weir.tdengine.type.TableBatch;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Prepared statements against the stand-in: with a bind and an execution, and with both in one message. */
class WriteStandInTest {

    private static final String TWO_STEPS = "3.3.8.1";
    private static final String AT_ONCE = "3.4.1.13";

    private static StandIn power(String version) {
        StandIn at = StandIn.of(version);
        at.run(
                "CREATE DATABASE p PRECISION 'us'",
                "CREATE STABLE p.meters (ts TIMESTAMP, v INT, name VARCHAR(10)) TAGS (site NCHAR(10))",
                "CREATE TABLE p.t (ts TIMESTAMP, v INT, name VARCHAR(10))");
        return at;
    }

    @ParameterizedTest
    @ValueSource(strings = {TWO_STEPS, AT_ONCE})
    void rowsAreWrittenAndTimesKeepTheDatabasesPrecision(String version) {
        try (StandIn at = power(version)) {
            Instant moment = Instant.parse("2024-01-02T03:04:05.678901Z");
            assertThat(all(at.client.inSession(session -> session.prepare("INSERT INTO p.t VALUES(?, ?, ?)")
                            .flatMap(statement -> statement
                                    .write(statement.batch().row(moment, 1, "a").row(moment.plusSeconds(1), null, null))
                                    .flatMap(rows -> statement.close().thenReturn(rows))))))
                    .containsExactly(2L);
            assertThat(all(at.client.query(
                            "SELECT ts, v, name FROM p.t",
                            row -> row.get(0, Instant.class) + " " + row.get(1) + " " + row.get(2))))
                    .containsExactly(moment + " 1 a", moment.plusSeconds(1) + " null null");
            assertThat(at.server.counters().openStatements()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TWO_STEPS, AT_ONCE})
    void rowsOfManyTablesAreWrittenInOneCallAndTheTablesAreMade(String version) {
        try (StandIn at = power(version)) {
            List<Long> written = all(at.client.inSession(session -> session.prepare(
                            "INSERT INTO ? USING p.meters TAGS(?) VALUES(?, ?, ?)")
                    .flatMap(statement -> {
                        assertThat(statement.fields().get(0).role()).isEqualTo(Role.TABLE_NAME);
                        TableBatch north = statement.batch().table("p.d1").tags("nörd");
                        TableBatch south = statement.batch().table("p.d2").tags("south");
                        for (int i = 0; i < 100; i++) {
                            north.row(1_700_000_000_000_000L + i, i, "n" + i);
                        }
                        south.row(1_700_000_000_000_000L, 7, null);
                        return statement.write(north, south);
                    })));
            assertThat(written).containsExactly(101L);
            for (String site : List.of("nörd", "south")) {
                assertThat(all(at.client.query(
                                "SELECT COUNT(*), SUM(v) FROM p.meters WHERE site = '" + site + "'",
                                row -> row.getLong(0) + " " + row.getLong(1))))
                        .containsExactly(site.equals("south") ? "1 7" : "100 4950");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TWO_STEPS, AT_ONCE})
    void aPreparedQueryIsAskedManyTimes(String version) {
        try (StandIn at = power(version)) {
            at.run("INSERT INTO p.t VALUES ('2024-01-01T00:00:00Z', 1, 'a'), ('2024-01-02T00:00:00Z', 2, 'b')");
            assertThat(all(at.client.inSession(session -> session.prepare("SELECT v FROM p.t WHERE v >= ?")
                            .flatMapMany(statement -> Parts.pages(statement.query(1))
                                    .concatWith(Parts.pages(statement.query(2)))
                                    .concatWith(Parts.pages(statement.query(3)))
                                    .map(page -> {
                                        int size = page.size();
                                        page.close();
                                        return size;
                                    })
                                    .concatWith(statement.close().then(Mono.empty()))))))
                    .containsExactly(2, 1, 0);
            assertThat(at.server.counters().openStatements()).isZero();
            assertThat(at.server.counters().openResults()).isZero();
        }
    }

    @Test
    void aPreparedQueryThatIsNotReadToItsEndIsFreedBeforeItsStatement() {
        try (StandIn at = power(TWO_STEPS).with(Manner.BLOCK_ROWS, 1)) {
            at.run("INSERT INTO p.t VALUES (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c')");
            TdengineSession session = get(at.client.session());
            TdengineStatement statement = get(session.prepare("SELECT v FROM p.t WHERE v > ?"));
            StepVerifier.create(Parts.pages(statement.query(0)), 1)
                    .assertNext(page -> page.close())
                    .thenCancel()
                    .verify(StandIn.LONG);
            Await.until(() -> at.server.counters().openStatements() == 0
                    && at.server.counters().openResults() == 0);
            assertThat(statement.isUsable()).isFalse();
            assertThat(errorOf(statement.query(1))).hasMessageContaining("refused or cancelled");
            assertThat(get(session.execute("SELECT 1"))).isZero();
            get(session.close());
        }
    }

    @Test
    void aStatementDoesOneThingAtATime() {
        try (StandIn at = power(TWO_STEPS).with(Manner.DELAY_MILLIS, 50)) {
            TdengineSession session = get(at.client.session());
            TdengineStatement statement = get(session.prepare("INSERT INTO p.t VALUES(?, ?, ?)"));
            Mono<Long> one = statement.write(statement.batch().row(1L, 1, "a"));
            Mono<String> refused = one.map(String::valueOf)
                    .onErrorResume(WeirException.class, e -> Mono.just(String.valueOf(e.getMessage())));
            StepVerifier.create(Mono.zip(one, refused))
                    .assertNext(both -> {
                        assertThat(both.getT1()).isEqualTo(1);
                        assertThat(both.getT2()).contains("one thing at a time");
                    })
                    .expectComplete()
                    .verify(StandIn.LONG);
            assertThat(statement.isUsable()).isTrue();
            get(session.close());
        }
    }

    @Test
    void aStatementThatIsRefusedAtItsPreparationIsClosed() {
        try (StandIn at = power(TWO_STEPS)) {
            TdengineSession session = get(at.client.session());
            assertThat(errorOf(session.prepare("INSERT INTO p.nowhere VALUES(?)"))
                            .kind())
                    .isEqualTo(ErrorKind.BAD_REQUEST);
            assertThat(errorOf(session.prepare("SELEC ?")).sent()).isEqualTo(Sent.ANSWERED);
            Await.until(() -> at.server.counters().openStatements() == 0);
            get(session.close());
        }
    }

    @Test
    void aTextThatIsTooLongIsNamedByRowAndColumn() {
        try (StandIn at = power(TWO_STEPS)) {
            TdengineSession session = get(at.client.session());
            TdengineStatement statement = get(session.prepare("INSERT INTO p.t VALUES(?, ?, ?)"));
            assertThatThrownBy(() -> statement.batch().row(1L, 1, "a").row(2L, 2, "much too long for it"))
                    .hasMessageContaining("Row 1, column 'name'");
            // As long as the column with the head that the server counts: only the server can tell.
            WeirException refused =
                    errorOf(statement.write(statement.batch().row(1L, 1, "a").row(2L, 2, "elevenbytes")));
            assertThat(refused.sent()).isEqualTo(Sent.ANSWERED);
            assertThat(refused)
                    .hasMessageContaining("2 rows")
                    .hasMessageContaining("Row 1")
                    .hasMessageContaining("'name'");
            assertThat(statement.isUsable()).isFalse();
            Await.until(() -> at.server.counters().openStatements() == 0);
            get(session.close());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bind, 3.3.8.1, NO, 0",
        "exec, 3.3.8.1, MAYBE, 0",
        "executed, 3.3.8.1, MAYBE, 1",
        "executed, 3.4.1.13, MAYBE, 1"
    })
    void aSocketThatIsCutInAWriteTellsWhetherRowsMayBeThere(String where, String version, Sent sent, long rows) {
        try (StandIn at = power(version)) {
            TdengineSession session = get(at.client.session());
            TdengineStatement statement = get(session.prepare("INSERT INTO p.t VALUES(?, ?, ?)"));
            at.with(Manner.DROP, where);
            WeirException error = errorOf(statement.write(statement.batch().row(1L, 1, "a")));
            assertThat(error.kind()).isEqualTo(ErrorKind.CLOSED);
            assertThat(error.sent()).isEqualTo(sent);
            assertThat(error).hasMessageContaining("1 row");
            assertThat(all(at.client.query("SELECT COUNT(*) FROM p.t", row -> row.getLong(0))))
                    .containsExactly(rows);
        }
    }

    @Test
    void aServerWithoutPreparedStatementsIsNamed() {
        try (StandIn at = StandIn.of("3.3.4.0")) {
            WeirException error = errorOf(at.client.inSession(session -> session.prepare("INSERT INTO t VALUES(?)")));
            assertThat(error.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
            assertThat(error).hasMessageContaining("3.3.4.0").hasMessageContaining("3.3.6.0");
        }
    }

    @Test
    void everyTypeIsBoundAndReadBack() {
        try (StandIn at = StandIn.of(TWO_STEPS)) {
            at.run(
                    "CREATE DATABASE p",
                    "CREATE TABLE p.all_types (ts TIMESTAMP, b BOOL, i1 TINYINT, i2 SMALLINT, i4 INT, i8 BIGINT, u1 TINYINT"
                            + " UNSIGNED, u2 SMALLINT UNSIGNED, u4 INT UNSIGNED, u8 BIGINT UNSIGNED, f FLOAT, d DOUBLE,"
                            + " v VARCHAR(20), n NCHAR(20), vb VARBINARY(20), d64 DECIMAL(10,2), d128 DECIMAL(30,4))");
            Object[] row = {
                Instant.ofEpochMilli(1_700_000_000_000L),
                true,
                (byte) -1,
                (short) -2,
                -3,
                -4L,
                255,
                65535,
                4294967295L,
                new java.math.BigInteger("18446744073709551615"),
                1.5f,
                2.5,
                "va'r",
                "näch😀",
                new byte[] {0, 1, -1},
                new BigDecimal("-1.25"),
                new BigDecimal("12345678901234567890.1234")
            };
            String marks = "?" + ", ?".repeat(row.length - 1);
            assertThat(all(at.client.inSession(session -> session.prepare(
                                    "INSERT INTO p.all_types VALUES(" + marks + ")")
                            .flatMap(s -> s.write(s.batch().row(row).row(withNulls(row.length)))))))
                    .containsExactly(2L);
            List<List<Object>> read = all(at.client.query("SELECT * FROM p.all_types", view -> {
                List<Object> values = new java.util.ArrayList<>();
                for (int i = 0; i < row.length; i++) {
                    values.add(
                            row[i].getClass() == byte[].class
                                    ? view.get(i, byte[].class)
                                    : view.get(i, row[i].getClass()));
                }
                return values;
            }));
            assertThat(read.get(0)).usingRecursiveComparison().isEqualTo(List.of(row));
            assertThat(read.get(1).subList(1, row.length)).containsOnlyNulls();
        }
    }

    private static Object[] withNulls(int size) {
        Object[] row = new Object[size];
        row[0] = Instant.ofEpochMilli(1_700_000_000_001L);
        return row;
    }
}
