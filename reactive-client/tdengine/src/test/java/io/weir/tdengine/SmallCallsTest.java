package io.weir.tdengine;

import static io.weir.tdengine.StandIn.all;
import static io.weir.tdengine.StandIn.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.Schemaless.Protocol;
import io.weir.tdengine.type.TableBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The calls that are small. */
class SmallCallsTest {

    @Test
    void aSessionAnswersAndAfterItsEndItDoesNot() {
        try (TestPlace at = TestPlace.start("")) {
            TdengineSession session = get(at.client.session());
            assertThat(get(session.ping())).isTrue();
            session.close().block(StandIn.LONG);
            assertThat(get(session.ping())).isFalse();
        }
    }

    @Test
    void linesGoIntoTheSessionsDatabaseAndTheUrlsDatabase() {
        try (TestPlace at = TestPlace.start("");
                ClosingClient nowhere = ClosingClient.of(at.urlOfNoDatabase())) {
            assertThat(all(nowhere.client()
                            .inSession(session -> session.execute("USE " + at.database())
                                    .then(session.insert(Schemaless.of(Protocol.LINE, "a,t=1 v=2 1700000000000")
                                            .withPrecision("ms"))))))
                    .containsExactly(1L);
            assertThat(get(at.client.insert(
                            Schemaless.of(Protocol.LINE, "b,t=1 v=2 1700000000000\nb,t=1 v=3 1700000000001")
                                    .withPrecision("ms"))))
                    .isEqualTo(2);
            assertThat(all(at.client.query("SELECT v FROM b", row -> row.getDouble(0))))
                    .containsExactly(2.0, 3.0);
        }
    }

    @Test
    void aStatementKnowsWhetherItWritesAndTakesValuesColumnByColumn() {
        try (TestPlace at = TestPlace.start("")) {
            at.run("CREATE TABLE t (ts TIMESTAMP, v DOUBLE, name VARCHAR(10))");
            List<Long> written = all(at.client.inSession(session -> session.prepare("INSERT INTO t VALUES (?, ?, ?)")
                    .flatMap(statement -> {
                        assertThat(statement.isInsert()).isTrue();
                        TableBatch batch = statement.batch();
                        batch.column(0).addLongs(1_700_000_000_000L, 1_700_000_000_001L);
                        batch.column(1).add(1.5).add(null);
                        batch.column(2).add("a").add("b");
                        return statement.write(batch);
                    })));
            assertThat(written).containsExactly(2L);
            assertThat(all(at.client.inSession(session ->
                            session.prepare("SELECT v FROM t WHERE name = ?").map(TdengineStatement::isInsert))))
                    .containsExactly(false);
            assertThat(all(at.client.query("SELECT v, name FROM t", row -> row.get(0) + " " + row.getString(1))))
                    .containsExactly("1.5 a", "null b");
        }
    }
}
