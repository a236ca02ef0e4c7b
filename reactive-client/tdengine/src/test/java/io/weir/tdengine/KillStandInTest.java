package io.weir.tdengine;

import static io.weir.tdengine.StandIn.all;
import static io.weir.tdengine.StandIn.errorOf;
import static io.weir.tdengine.StandIn.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import java.time.Duration;
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
        try (StandIn at = StandIn.start(
                io.weir.server.tdengine.TdengineServerOptions.defaults(),
                TdengineOptions.STATEMENT_TIMEOUT,
                Duration.ofMillis(300))) {
            assertThat(errorOf(at.client.pages(ENDLESS)).kind()).isEqualTo(ErrorKind.TIMEOUT);
            assertThat(running(at)).hasSize(1);
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
