package io.weir.tdengine;

import static io.weir.tdengine.StandIn.all;
import static io.weir.tdengine.StandIn.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.Schemaless.Protocol;
import io.weir.tdengine.type.TableBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The calls that are small, against the stand-in. */
class SmallCallsStandInTest {

    @Test
    void aSessionAnswersAndAfterItsEndItDoesNot() {
        try (StandIn at = StandIn.start()) {
            TdengineSession session = get(at.client.session());
            assertThat(get(session.ping())).isTrue();
            session.close().block(StandIn.LONG);
            assertThat(get(session.ping())).isFalse();
        }
    }

    @Test
    void linesGoIntoTheSessionsDatabaseAndTheUrlsDatabase() {
        try (StandIn at = StandIn.start()) {
            at.run("CREATE DATABASE lines");
            assertThat(all(at.client.inSession(session -> session.execute("USE lines")
                            .then(session.insert(Schemaless.of(Protocol.LINE, "a,t=1 v=2 1700000000000")
                                    .withPrecision("ms"))))))
                    .containsExactly(1L);
            TdengineClient there = TdengineClient.create("tdengine://127.0.0.1:" + at.server.port() + "/lines");
            assertThat(get(there.insert(Schemaless.of(Protocol.LINE, "b,t=1 v=2 1700000000000\nb,t=1 v=3 1700000000001")
                            .withPrecision("ms"))))
                    .isEqualTo(2);
            there.close().block(StandIn.LONG);
            assertThat(all(at.client.query("SELECT v FROM lines.b", row -> row.getDouble(0))))
                    .containsExactly(2.0, 3.0);
        }
    }

    @Test
    void aStatementKnowsWhetherItWritesAndTakesValuesColumnByColumn() {
        try (StandIn at = StandIn.start()) {
            at.run("CREATE DATABASE p", "CREATE TABLE p.t (ts TIMESTAMP, v DOUBLE, name VARCHAR(10))");
            List<Long> written = all(at.client.inSession(session -> session.prepare("INSERT INTO p.t VALUES (?, ?, ?)")
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
                            session.prepare("SELECT v FROM p.t WHERE name = ?").map(TdengineStatement::isInsert))))
                    .containsExactly(false);
            assertThat(all(at.client.query("SELECT v, name FROM p.t", row -> row.get(0) + " " + row.getString(1))))
                    .containsExactly("1.5 a", "null b");
        }
    }
}
