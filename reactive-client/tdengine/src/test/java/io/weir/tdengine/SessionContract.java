package io.weir.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.page.PageRows;
import io.weir.core.page.Parts;
import io.weir.tdengine.type.TableBatch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The same for what needs a session: databases that are entered, zones, prepared statements. */
public abstract class SessionContract extends TransportContract {

    @Test
    void aSessionRemembersItsDatabaseAndItsZone() {
        table(1);
        assertThat(all(client.inSession(session -> session.execute("USE " + database)
                        .then(session.zone(ZoneId.of("Asia/Shanghai")))
                        .thenMany(session.query("SELECT ts FROM t LIMIT 1", row -> row.getString(0)))
                        .concatWith(session.database()))))
                .containsExactly("2023-11-15T06:13:20+08:00", database);
    }

    @Test
    void onASharedSessionNobodyEntersADatabase() {
        assertThat(errorOf(client.pages("USE " + database))).hasMessageContaining("inSession");
    }

    @Test
    void everyTypeIsBoundAndReadBack() {
        run("CREATE TABLE " + database + ".a (ts TIMESTAMP, b BOOL, i1 TINYINT, i2 SMALLINT, i4 INT, i8 BIGINT, u1"
                + " TINYINT UNSIGNED, u2 SMALLINT UNSIGNED, u4 INT UNSIGNED, u8 BIGINT UNSIGNED, f FLOAT, d DOUBLE, v"
                + " VARCHAR(20), n NCHAR(20), vb VARBINARY(20), d64 DECIMAL(10,2), d128 DECIMAL(30,4))");
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
            new BigInteger("18446744073709551615"),
            1.5f,
            2.5,
            "va'r",
            "näch😀",
            new byte[] {0, 1, -1},
            new BigDecimal("-1.25"),
            new BigDecimal("12345678901234567890.1234")
        };
        Object[] nulls = new Object[row.length];
        nulls[0] = Instant.ofEpochMilli(1_700_000_000_001L);
        String sql = "INSERT INTO " + database + ".a VALUES(?" + ", ?".repeat(row.length - 1) + ")";
        assertThat(all(client.inSession(session -> session.prepare(sql)
                        .flatMap(statement ->
                                statement.write(statement.batch().row(row).row(nulls))))))
                .containsExactly(2L);
        List<List<Object>> read = all(client.query("SELECT * FROM " + database + ".a", view -> {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < row.length; i++) {
                values.add(view.get(i, row[i].getClass()));
            }
            return values;
        }));
        assertThat(read.get(0)).usingRecursiveComparison().isEqualTo(List.of(row));
        assertThat(read.get(1).subList(1, row.length)).containsOnlyNulls();
    }

    @Test
    void manyTablesAreWrittenAtOnceAndMadeOnTheWay() {
        run("CREATE STABLE " + database + ".meters (ts TIMESTAMP, v INT) TAGS (site VARCHAR(20))");
        List<Long> written = all(client.inSession(session -> session.execute("USE " + database)
                .then(session.prepare("INSERT INTO ? USING meters TAGS(?) VALUES(?, ?)"))
                .flatMap(statement ->
                        statement.write(meter(statement, "d1", "north", 1, 2), meter(statement, "d2", "söuth", 3)))));
        assertThat(written).containsExactly(3L);
        assertThat(all(client.query(
                        "SELECT tbname, site, v FROM " + database + ".meters ORDER BY v",
                        row -> row.getString(0) + " " + row.getString(1) + " " + row.getLong(2))))
                .containsExactly("d1 north 1", "d1 north 2", "d2 söuth 3");
    }

    private static TableBatch meter(TdengineStatement statement, String name, String site, int... values) {
        TableBatch batch = statement.batch().table(name).tags(site);
        for (int value : values) {
            batch.row(Instant.ofEpochMilli(value), value);
        }
        return batch;
    }

    @Test
    void aPreparedStatementWritesAgainAndAgain() {
        String table = table(1);
        assertThat(all(client.inSession(session -> session.prepare("INSERT INTO " + table + " VALUES(?, ?, ?)")
                        .flatMapMany(statement -> Flux.range(0, 50)
                                .concatMap(i -> statement.write(statement
                                        .batch()
                                        .row(Instant.ofEpochMilli(i), i, "x")
                                        .row(Instant.ofEpochMilli(1000 + i), null, null)))))))
                .hasSize(50)
                .containsOnly(2L);
        assertThat(all(client.query("SELECT COUNT(*) FROM " + table, row -> row.getLong(0))))
                .containsExactly(101L);
    }

    @Test
    void preparedStatementsAreLentToCallersWhoShareConnections() {
        String table = table(1);
        String sql = "INSERT INTO " + table + " VALUES(?, ?, ?)";
        assertThat(all(Flux.range(0, 200)
                        .flatMap(
                                i -> client.withStatement(
                                        sql,
                                        statement -> statement.write(
                                                statement.batch().row(Instant.ofEpochMilli(i), i, "x"))),
                                16)))
                .hasSize(200)
                .containsOnly(1L);
        assertThat(all(Flux.range(0, 40)
                        .concatMap(i -> client.withStatement(
                                "SELECT name FROM " + table + " WHERE v = ? AND ts < ?",
                                statement -> PageRows.of(
                                        Parts.pages(statement.query(i, Instant.ofEpochMilli(1000))),
                                        row -> row.getString(0))))))
                .hasSize(40)
                .containsOnly("x");
        assertThat(errorOf(client.withStatement(
                                "INSERT INTO " + database + ".no VALUES(?, ?)", statement -> Flux.empty()))
                        .code())
                .isEqualTo(0x2603);
    }

    @Test
    void aPreparedQueryIsAskedAgainAndAgain() {
        String table = table(5);
        assertThat(all(client.inSession(session -> session.prepare("SELECT v, name FROM " + table + " WHERE v = ?")
                        .flatMapMany(statement -> Flux.range(0, 5)
                                .concatMap(
                                        i -> PageRows.of(Parts.pages(statement.query(i)), row -> row.getString(1)))))))
                .containsExactly("n0", "n1", "n2", "n3", "n4");
    }

    @Test
    void aPreparedQueryThatIsLeftSpoilsItsStatementAndNothingElse() {
        String table = table(9000);
        TdengineSession session = client.session().block(LONG);
        try {
            TdengineStatement statement =
                    session.prepare("SELECT * FROM " + table + " WHERE v >= ?").block(LONG);
            StepVerifier.create(Parts.pages(statement.query(0)), 1)
                    .assertNext(io.weir.core.Page::close)
                    .thenCancel()
                    .verify(LONG);
            Await.until(() -> !statement.isUsable());
            WeirException error = errorOf(statement.query(0).doOnNext(part -> {}));
            assertThat(error.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
            assertThat(all(session.query("SELECT 1", row -> row.getLong(0)))).containsExactly(1L);
        } finally {
            session.close().block(LONG);
        }
    }

    @Test
    void aTableThatIsNotThereCanNotBePreparedFor() {
        WeirException error =
                errorOf(client.inSession(session -> session.prepare("INSERT INTO " + database + ".no VALUES(?, ?)")));
        assertThat(error.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
        assertThat(error.code()).isEqualTo(0x2603);
    }

    @Test
    void aStatementDoesOneThingAtATime() {
        String table = table(1);
        List<String> outcomes =
                all(client.inSession(session -> session.prepare("INSERT INTO " + table + " VALUES(?, ?, ?)")
                        .flatMapMany(statement -> Flux.range(0, 2)
                                .flatMap(i -> statement
                                        .write(statement.batch().row(Instant.ofEpochMilli(i), i, "x"))
                                        .map(String::valueOf)
                                        .onErrorResume(
                                                WeirException.class,
                                                error -> Mono.just(error.kind().name()))))));
        assertThat(outcomes).containsExactlyInAnyOrder("1", "BAD_REQUEST");
    }
}
