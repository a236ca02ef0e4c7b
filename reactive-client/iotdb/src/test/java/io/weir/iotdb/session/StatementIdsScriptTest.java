package io.weir.iotdb.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.iotdb.protocol.ServerMessages;
import io.weir.iotdb.protocol.ServerMessages.Received;
import io.weir.testkit.ScriptedServer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The id that statements run under is changed before the server remembers too many of them. */
class StatementIdsScriptTest {

    private static <T> T onLoop(WireSession session, Supplier<T> work) {
        return Mono.<T>create(sink -> session.rpc().wire().execute(() -> sink.success(work.get())))
                .block();
    }

    @Test
    void theOldIdIsClosedOnceItsLastCursorIs() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expect("requestStatementId"), 200);
            talk.good();
            Received close = talk.expect("closeOperation");
            assertThat(close.argument("statementId")).isEqualTo("100");
            assertThat(close.argument("queryId"))
                    .as("the id and all that runs under it")
                    .isEqualTo("(not sent)");
            talk.answer(close, ServerMessages.status(200, "")).good().farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StatementIds ids = new StatementIds(session.rpc(), Talk.SESSION, 100, 3);

            StatementIds.Id open = onLoop(session, ids::take);
            StatementIds.Id second = onLoop(session, ids::take);
            StatementIds.Id third = onLoop(session, ids::take);
            assertThat(third.number()).as("until the new one is there").isEqualTo(100);
            ScriptedSession.texts(session, "good").blockLast();

            StatementIds.Id fourth = onLoop(session, ids::take);
            assertThat(fourth.number()).isEqualTo(200);
            onLoop(session, () -> {
                ids.release(second);
                ids.release(third);
                ids.release(fourth);
                return true;
            });
            // A cursor is still open under the old one; with it goes the id.
            onLoop(session, () -> {
                ids.release(open);
                return true;
            });
            ScriptedSession.texts(session, "good").blockLast();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void withoutANewIdTheOldOneServesOn() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            Received call = talk.expect("requestStatementId");
            peer.send(ServerMessages.exception(call, 6, "no"));
            talk.good();
            Received again = talk.expect("requestStatementId");
            talk.answer(again, 300).good();
            talk.answer(talk.expect("requestStatementId"), 400).farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StatementIds ids = new StatementIds(session.rpc(), Talk.SESSION, 100, 1);
            onLoop(session, ids::take);
            ScriptedSession.texts(session, "good").blockLast();

            assertThat(onLoop(session, ids::take).number()).isEqualTo(100);
            ScriptedSession.texts(session, "good").blockLast();
            assertThat(onLoop(session, ids::take).number())
                    .as("asked for again")
                    .isEqualTo(300);
            session.close().block();
            server.assertDone();
        }
    }
}
