package io.weir.iotdb.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.weir.iotdb.protocol.ServerMessages;
import io.weir.iotdb.protocol.ServerMessages.Received;
import io.weir.testkit.FrameCutter;
import io.weir.testkit.Peer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A script's side of a conversation with a client. */
public final class Talk {

    static final long SESSION = 77;
    static final long STATEMENT = 5;

    private final Peer peer;

    public Talk(Peer peer) {
        this.peer = peer;
    }

    public Received next() {
        return ServerMessages.received(peer.readFrame(FrameCutter.intLengthPrefixed()));
    }

    public Received expect(String method) {
        Received call = next();
        assertThat(call.method()).isEqualTo(method);
        return call;
    }

    public Received expectExecute(String sql) {
        Received call = expect("executeStatementV2");
        assertThat(call.argument("statement")).isEqualTo(sql);
        return call;
    }

    Received expectFetch(long queryId) {
        Received call = expect("fetchResultsV2");
        assertThat(call.argument("queryId")).isEqualTo(String.valueOf(queryId));
        return call;
    }

    /** The client closes a query; it gets its answer. */
    public Talk expectClose(long queryId) {
        Received call = expect("closeOperation");
        assertThat(call.argument("queryId")).isEqualTo(String.valueOf(queryId));
        answerIfThere(call);
        return this;
    }

    public Talk answer(Received call, ByteBuf struct) {
        peer.send(ServerMessages.reply(call, struct));
        return this;
    }

    /** Says that it is closed, to a client that may not have waited for that. */
    void answerIfThere(Received call) {
        try {
            answer(call, ServerMessages.status(200, ""));
        } catch (UncheckedIOException gone) {
            // That is his right.
        }
    }

    Talk answer(Received call, long number) {
        peer.send(ServerMessages.reply(call, number));
        return this;
    }

    /** Answers a statement that is sure to work: what follows a cancel, an error, a refusal. */
    Talk good() {
        Received call = expectExecute("good");
        return answer(call, ServerMessages.done());
    }

    /**
     * A close of each of these queries and a good statement. Which comes first is open: the close is sent by the wire's
     * thread, the statement by the test's.
     */
    Talk goodAndCloses(Long... queryIds) {
        List<String> closed = new ArrayList<>();
        for (int i = 0; i < queryIds.length + 1; i++) {
            Received call = next();
            if (call.method().equals("closeOperation")) {
                closed.add(call.argument("queryId"));
                answerIfThere(call);
            } else {
                assertThat(call.argument("statement")).isEqualTo("good");
                answer(call, ServerMessages.done());
            }
        }
        assertThat(closed)
                .containsExactlyInAnyOrder(
                        Stream.of(queryIds).map(String::valueOf).toArray(String[]::new));
        return this;
    }

    public Talk login() {
        Received open = expect("openSession");
        answer(open, ServerMessages.opened(200, "Login successfully", SESSION));
        Received id = expect("requestStatementId");
        Received properties = expect("getProperties");
        answer(id, STATEMENT);
        return answer(properties, ServerMessages.properties("2.0.1-script"));
    }

    /** Until the client goes away: answers what closes something, and refuses to hear of anything else. */
    public void farewell() {
        untilGone("closeOperation", "closeSession");
    }

    /** The same for a client that has nothing to close: it goes, and may log out. */
    public void logout() {
        untilGone("closeSession");
    }

    private void untilGone(String... farewells) {
        while (true) {
            Received call;
            try {
                call = next();
            } catch (AssertionError gone) {
                return;
            }
            assertThat(call.method())
                    .as("a call after the last one of the script")
                    .isIn((Object[]) farewells);
            answerIfThere(call);
        }
    }

    public Peer peer() {
        return peer;
    }
}
