package io.weir.tdengine;

import static io.weir.tdengine.StandIn.all;
import static io.weir.tdengine.StandIn.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** Statements that the server still executes although nobody waits for them. */
class KillStandInTest {

    private static final String ENDLESS = "/*weir delay=600000*/ SELECT 1";
    private static final String RUNNING =
            "SELECT query_id FROM performance_schema.perf_queries WHERE sql LIKE '%delay=600000%SELECT 1'";

    private static List<Long> running(StandIn at) {
        return all(at.client.query(RUNNING, row -> row.getLong(0)));
    }

    @Test
    void aStatementWhoseCallerHasLeftIsKilledOnTheServer() {
        try (StandIn at = StandIn.start()) {
            Disposable caller = at.client.pages(ENDLESS).subscribe();
            Await.until(() -> !running(at).isEmpty());
            caller.dispose();
            Await.until(() -> running(at).isEmpty());
            assertThat(get(at.client.ping())).isTrue();
        }
    }

    @Test
    void aStatementWhoseTimeIsOverIsKilledOnTheServer() {
        // Long enough for the one who watches to see it run, also on a machine that has other things to do.
        try (StandIn at = StandIn.start();
                ClosingClient hurried = ClosingClient.of(at.server.url() + "?statementTimeout=3s")) {
            var failing = hurried.client().pages(ENDLESS).then().toFuture();
            Await.until(() -> !running(at).isEmpty());
            assertThat(failing)
                    .failsWithin(StandIn.LONG)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            WeirException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT));
            Await.until(() -> running(at).isEmpty());
        }
    }

    @Test
    void aStatementIsKilledByTheNumberOfItsRequest() {
        try (StandIn at = StandIn.start()) {
            TdengineSession session = get(at.client.session());
            var failing = session.pages(ENDLESS).then().toFuture();
            Await.until(() -> !running(at).isEmpty());
            assertThat(get(at.client.kill(running(at).get(0)))).isTrue();
            assertThat(failing).failsWithin(StandIn.LONG).withThrowableThat().withMessageContaining("0x022d");
            assertThat(get(at.client.kill(4711))).isFalse();
            get(session.close());
        }
    }
}
