package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.iotdb.type.BackupInfo;
import io.weir.iotdb.type.Dialect;
import io.weir.server.iotdb.SharedIotdb;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Batches of statements, and what the real server tells of itself. */
class BatchIT {

    private static final IotdbClient CLIENT = RealSession.client(SharedIotdb.url(), Dialect.TREE);

    @BeforeAll
    static void create() {
        CLIENT.execute("create timeseries root.batch.d.v int64").block();
    }

    @AfterAll
    static void drop() {
        CLIENT.execute("delete database root.batch").then(CLIENT.close()).block();
    }

    private static String insert(long time) {
        return "insert into root.batch.d(time,v) values (" + time + ",1)";
    }

    @Test
    void aRefusedStatementIsNamedAndTheOthersHaveRun() {
        List<String> statements =
                List.of(insert(1), "selec", insert(2), "insert into root.batch.d(time,v) values (9,'x')", insert(3));
        StepVerifier.create(CLIENT.batch(statements))
                .assertNext(outcomes -> {
                    assertThat(outcomes)
                            .extracting(one -> one.index() + " " + one.isDone())
                            .containsExactly("0 true", "1 false", "2 true", "3 false", "4 true");
                    assertThat(outcomes.get(1).error()).isInstanceOfSatisfying(WeirException.class, e -> {
                        assertThat(e.code()).isEqualTo(700);
                        assertThat(e.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
                    });
                    assertThat(outcomes.get(3).error()).hasMessageContaining("INT64");
                })
                .verifyComplete();
        StepVerifier.create(CLIENT.query("select count(v) from root.batch.d where time < 9", row -> row.getLong(0)))
                .expectNext(3L)
                .verifyComplete();
    }

    @Test
    void aBatchAsAWholeFailsWithTheFirstRefusalAndThePlacesOfAll() {
        StepVerifier.create(CLIENT.inSession(
                        session -> session.executeAll(List.of(insert(11), "selec", insert(12), "selec", insert(13)))))
                .verifyErrorSatisfies(e -> assertThat(e)
                        .hasMessageContaining("2 of the 5 statements")
                        .hasMessageContaining("Number 1 (counted from 0)")
                        .hasMessageContaining("also number 3"));
        StepVerifier.create(CLIENT.executeAll(List.of(insert(14), insert(15)))).verifyComplete();
        StepVerifier.create(CLIENT.query("select count(v) from root.batch.d where time > 10", row -> row.getLong(0)))
                .expectNext(5L)
                .verifyComplete();
    }

    @Test
    void aBatchOfNothingIsDone() {
        StepVerifier.create(CLIENT.batch(List.of())).expectNext(List.of()).verifyComplete();
        StepVerifier.create(CLIENT.executeAll(List.of())).verifyComplete();
    }

    @Test
    void aBatchMayNotChangeTheSessionThatAllShare() {
        StepVerifier.create(CLIENT.batch(List.of("show databases", "use db1")))
                .verifyErrorSatisfies(e -> assertThat(e).hasMessageContaining("inSession"));
    }

    @Test
    void theServerTellsWhoIsConnectedAndItsLimits() {
        StepVerifier.create(CLIENT.admin().connections())
                .assertNext(connections -> {
                    assertThat(connections).isNotEmpty();
                    assertThat(connections.get(0).user()).isEqualTo("root");
                    assertThat(connections.get(0).way()).isEqualTo("THRIFT");
                })
                .verifyComplete();
        StepVerifier.create(CLIENT.inSession(session -> session.admin().backup()))
                .expectNext(new BackupInfo(false, "", 0))
                .verifyComplete();
        StepVerifier.create(CLIENT.server())
                .assertNext(server -> {
                    assertThat(server.maxClients()).isPositive();
                    assertThat(server.maxFrameBytes()).isPositive();
                    assertThat(server.timeFunctions()).contains("max_time");
                })
                .verifyComplete();
    }
}
