package io.weir.iotdb.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ClientEvents;
import io.weir.core.Credentials;
import io.weir.core.CredentialsSource;
import io.weir.core.Endpoint;
import io.weir.core.wire.Connector;
import io.weir.core.wire.FrameFormat;
import io.weir.core.wire.WireSettings;
import io.weir.iotdb.protocol.CloseStatement;
import io.weir.iotdb.protocol.ExecuteStatement;
import io.weir.iotdb.protocol.QueryHead;
import io.weir.iotdb.protocol.Request;
import io.weir.iotdb.protocol.RequestStatementId;
import io.weir.iotdb.protocol.ThriftFormat;
import io.weir.iotdb.type.Dialect;
import io.weir.server.iotdb.SharedIotdb;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What the change of statement ids rests on, on the real server. */
class StatementIdsIT {

    private static <T> T ask(WireSession session, Request<T> request) {
        return session.rpc().call(request, Duration.ZERO).block();
    }

    private static int run(WireSession session, long statementId) {
        // Only the status is looked at: a reply's blocks do not outlive its frame.
        return ask(
                        session,
                        new ExecuteStatement(
                                new QueryHead(session.sessionId(), statementId, 10, 60_000), "show databases"))
                .status()
                .code();
    }

    @Test
    void severalIdsServeOneSessionAndAClosedOneServesNoLonger() {
        SessionSettings settings = new SessionSettings(
                ThriftFormat.BINARY,
                CredentialsSource.of(new Credentials("root", "root")),
                Dialect.TABLE,
                null,
                ZoneOffset.UTC,
                100,
                Integer.MAX_VALUE,
                Duration.ZERO,
                ClientEvents.NONE,
                (device, node) -> {},
                System::nanoTime);
        WireSession session = new Connector(WireSettings.of("iotdb", FrameFormat.INT32_LENGTH))
                .connect(
                        new Endpoint(SharedIotdb.host(), SharedIotdb.port()), wire -> WireSession.login(wire, settings))
                .block();
        long first = ask(session, new RequestStatementId(session.sessionId()));
        long second = ask(session, new RequestStatementId(session.sessionId()));
        assertThat(second).isNotEqualTo(first);
        assertThat(run(session, first)).isEqualTo(200);

        assertThat(ask(session, new CloseStatement(session.sessionId(), first)).isSuccess())
                .isTrue();

        assertThat(run(session, first)).isEqualTo(305);
        assertThat(run(session, second)).isEqualTo(200);
        session.close().block();
    }
}
