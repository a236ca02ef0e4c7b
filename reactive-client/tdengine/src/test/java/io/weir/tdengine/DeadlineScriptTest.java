package io.weir.tdengine;

import static io.weir.tdengine.AdapterScript.answer;
import static io.weir.tdengine.AdapterScript.binary;
import static io.weir.tdengine.AdapterScript.farewell;
import static io.weir.tdengine.AdapterScript.json;
import static io.weir.tdengine.AdapterScript.login;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ClientEvents;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.Schemaless.Protocol;
import io.weir.testkit.ScriptedServer;
import io.weir.testkit.WebSocketPeer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A call has one deadline, whatever it spends its time on; by a clock that the scripts set forward. */
class DeadlineScriptTest {

    private static final Duration HOUR = Duration.ofHours(1);

    /** What is left of an hour of waiting; so long these tests really wait for an answer that does not come. */
    private static final Duration REST = Duration.ofSeconds(1);

    private static final int QUERY = 6;
    private static final int FETCH = 7;

    private static final String CHANGED = "\"is_update\":true,\"affected_rows\":1";

    private final AtomicLong clock = new AtomicLong();
    private final CountDownLatch allWait = new CountDownLatch(1);

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    /** One connection, one call on it at a time, and nobody who waits for it gives up before his hour is over. */
    private TdengineClient client(ScriptedServer server) {
        return new TdengineClient(new Wiring(
                TdengineOptions.ALL
                        .options()
                        .url("tdengine://u:p@" + server.host() + ":" + server.port() + "/d?sharedWires=1&maxWires=1"
                                + "&sharing=off&waitTimeout=0s&statementTimeout=1h")
                        .build(),
                ClientEvents.NONE,
                null,
                clock::get));
    }

    /**
     * How a call fails that waits for the only connection, while another one keeps it busy for so long.
     *
     * @param script the server's side of what comes then
     */
    private WeirException behindALongOne(
            Duration waits, Function<TdengineClient, Mono<?>> call, Consumer<WebSocketPeer> script)
            throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            WebSocketPeer socket = login(peer);
            long first = binary(socket, QUERY);
            busy.countDown();
            peer.waitFor(allWait);
            pass(waits);
            answer(socket, "binary_query", first, CHANGED);
            script.accept(socket);
            farewell(socket);
        })) {
            TdengineClient client = client(server);
            CompletableFuture<Long> first = client.execute("first").toFuture();
            assertThat(busy.await(StandIn.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            CompletableFuture<WeirException> second = call.apply(client)
                    .then(Mono.<WeirException>empty())
                    .onErrorResume(WeirException.class, Mono::just)
                    .toFuture();
            allWait.countDown();
            assertThat(first).succeedsWithin(StandIn.LONG).isEqualTo(1L);
            assertThat(second).succeedsWithin(StandIn.LONG).isNotNull();
            client.close().block(StandIn.LONG);
            server.assertDone();
            return second.join();
        }
    }

    private static void ranOutOf(Duration limit, WeirException error) {
        assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(error).hasMessageContaining("its limit of " + limit.toMillis() + " ms");
    }

    private static void isNotSent(WeirException error) {
        assertThat(error.kind()).isEqualTo(ErrorKind.OVERLOAD);
        assertThat(error.sent()).isEqualTo(Sent.NO);
    }

    private static Mono<Long> lines(TdengineClient client) {
        return client.insert(Schemaless.of(Protocol.LINE, "m,t=1 v=2 3"));
    }

    @Test
    void whatAStatementWaitsForAConnectionIsTakenFromItsLimit() throws InterruptedException {
        ranOutOf(
                REST,
                behindALongOne(HOUR.minus(REST), client -> client.execute("second"), socket -> binary(socket, QUERY)));
    }

    @Test
    void whatLinesWaitForAConnectionIsTakenFromTheirLimit() throws InterruptedException {
        ranOutOf(
                REST,
                behindALongOne(
                        HOUR.minus(REST),
                        DeadlineScriptTest::lines,
                        socket -> assertThat(json(socket).path("action").stringValue())
                                .isEqualTo("insert")));
    }

    @Test
    void aStatementWhoseTimeIsOverWhenItsTurnComesIsNotSent() throws InterruptedException {
        isNotSent(behindALongOne(HOUR, client -> client.execute("second"), socket -> {}));
    }

    @Test
    void linesWhoseTimeIsOverWhenTheirTurnComesAreNotSent() throws InterruptedException {
        isNotSent(behindALongOne(HOUR, DeadlineScriptTest::lines, socket -> {}));
    }

    @Test
    void whatTheAnswerTakesIsTakenFromWhatTheWaitingLeftForTheRows() throws InterruptedException {
        Duration half = HOUR.dividedBy(2);
        WeirException error =
                behindALongOne(half, client -> client.run("second").then(), socket -> {
                    long second = binary(socket, QUERY);
                    pass(half);
                    answer(
                            socket,
                            "binary_query",
                            second,
                            "\"id\":5,\"fields_count\":1,\"fields_names\":[\"a\"],\"fields_types\":[4]");
                    // Asked for before the clock is looked at, and never answered.
                    binary(socket, FETCH);
                    assertThat(json(socket).path("action").stringValue()).isEqualTo("free_result");
                });
        assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(error).hasMessageContaining("longer than its limit of " + half);
    }
}
