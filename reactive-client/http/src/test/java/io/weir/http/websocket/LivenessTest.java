package io.weir.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Pings, silence, and sockets that take nothing; the clock is moved by hand. */
class LivenessTest {

    private static final Duration INTERVAL = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration WRITE = Duration.ofSeconds(8);

    private final Desk desk = new Desk(s -> s.withLiveness(INTERVAL, LIMIT).withWriteTimeout(WRITE));

    @AfterEach
    void close() {
        desk.close();
    }

    private void expectLoss(String... words) {
        StepVerifier.create(desk.wire.onClose())
                .expectErrorSatisfies(e -> assertThat((WeirException) e)
                        .hasMessageContainingAll(words)
                        .satisfies(w -> assertThat(w.kind()).isEqualTo(ErrorKind.CLOSED)))
                .verify();
    }

    @Test
    void aPingIsAnsweredByAPongThatRepeatsItAlsoBetweenFragments() {
        desk.read(
                new TextWebSocketFrame(false, 0, Desk.bytes("1=")),
                new PingWebSocketFrame(Desk.bytes("p1")),
                new ContinuationWebSocketFrame(true, 0, Desk.bytes("x")));
        assertThat(desk.written()).containsExactly("pong p1");
        assertThat(desk.flushes).hasValue(1);
        assertThat(desk.protocol.unexpected).containsExactly("1=x");
    }

    @Test
    void whileTheSocketTakesNothingOneAnswerIsOwedForAllPings() {
        desk.writable(false);
        desk.read(new PingWebSocketFrame(Desk.bytes("p1")), new PingWebSocketFrame(Desk.bytes("p2")));
        assertThat(desk.written()).isEmpty();
        desk.writable(true);
        assertThat(desk.written()).containsExactly("pong p2");
    }

    @Test
    void afterSilenceWeAskAndAnySignOfLifeWillDo() {
        desk.pass(INTERVAL.minusNanos(1));
        assertThat(desk.written()).isEmpty();
        desk.pass(Duration.ofNanos(1));
        assertThat(desk.written()).containsExactly("ping ");
        desk.pass(LIMIT.minusNanos(1)).read(new PongWebSocketFrame(Desk.bytes("")));
        desk.pass(LIMIT);
        assertThat(desk.wire.isOpen()).isTrue();
        desk.answer("9=x").pass(INTERVAL.minusNanos(1));
        assertThat(desk.written()).isEmpty();
        desk.pass(Duration.ofNanos(1));
        assertThat(desk.written()).containsExactly("ping ");
    }

    @Test
    void aServerThatDoesNotEvenAnswerAPingIsGivenUp() {
        StepVerifier lost = StepVerifier.create(desk.ask(1, "a"))
                .expectErrorSatisfies(e -> assertThat(e).hasMessageContainingAll("'ask'", "may have run", "Ping"))
                .verifyLater();
        desk.turn().pass(INTERVAL).pass(LIMIT.minusNanos(1));
        assertThat(desk.wire.isOpen()).isTrue();
        desk.pass(Duration.ofNanos(1));
        lost.verify();
        expectLoss("Nothing came from db.example:6041 for 25 s", "not even an answer to our Ping");
    }

    @Test
    void aSocketThatTakesNothingIsGivenUp() {
        desk.getStuck();
        StepVerifier lost = StepVerifier.create(desk.ask(1, "a"))
                .expectErrorSatisfies(e -> assertThat(e).hasMessageContainingAll("may have run", "writeTimeout"))
                .verifyLater();
        desk.turn().pass(WRITE.minusNanos(1));
        assertThat(desk.wire.isOpen()).isTrue();
        desk.pass(Duration.ofNanos(1));
        lost.verify();
        expectLoss("took nothing of what was written to it for 8000 ms");
    }

    @Test
    void aSocketThatTakesSomethingNowAndThenIsNot() {
        desk.getStuck();
        desk.ask(1, "a").subscribe(x -> {}, e -> {});
        desk.ask(2, "b").subscribe(x -> {}, e -> {});
        desk.turn().pass(WRITE.minusNanos(1)).take(1).pass(WRITE.minusNanos(1));
        assertThat(desk.wire.isOpen()).isTrue();
        desk.take(1).pass(WRITE.multipliedBy(2).minusSeconds(1));
        assertThat(desk.wire.isOpen()).as("nothing waits any more").isTrue();
    }

    @Test
    void theReasonOfTheServersCloseIsInTheError() {
        StepVerifier lost = StepVerifier.create(desk.ask(1, "a"))
                .expectErrorSatisfies(e -> assertThat(e).hasMessageContainingAll("status 1008: user was dropped"))
                .verifyLater();
        desk.turn().read(new CloseWebSocketFrame(1008, "user was dropped"));
        lost.verify();
        assertThat(desk.written()).containsExactly("1=a", "close 1008");
        expectLoss("db.example:6041 closed the WebSocket with status 1008: user was dropped");
    }

    @Test
    void aCloseWithoutAReasonIsOneToo() {
        desk.read(new CloseWebSocketFrame());
        expectLoss("closed the WebSocket without giving a reason");
    }

    @Test
    void aMessageBeyondTheLimitEndsTheWireAndNamesTheOption() {
        try (Desk small = new Desk(s -> s.withMaxMessage(1024))) {
            small.read(new TextWebSocketFrame(false, 0, Desk.bytes("x".repeat(1000))));
            small.read(new ContinuationWebSocketFrame(true, 0, Desk.bytes("x".repeat(25))));
            StepVerifier.create(small.wire.onClose())
                    .expectErrorSatisfies(e -> assertThat((WeirException) e)
                            .hasMessageContainingAll("limit of 1024 bytes", "maxFrameSize")
                            .satisfies(w -> assertThat(w.kind()).isEqualTo(ErrorKind.PROTOCOL)))
                    .verify();
        }
    }

    @Test
    void aFrameThatSeemsCompressedThoughNothingWasAgreedEndsTheWire() {
        desk.read(new TextWebSocketFrame(true, 4, Desk.bytes("x")));
        StepVerifier.create(desk.wire.onClose())
                .expectErrorSatisfies(e -> assertThat(e).hasMessageContaining("reserved bits"))
                .verify();
    }
}
