package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** When the wire is gone everybody hears once, and what he hears is of use. */
class LossTest {

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    private StepVerifier fails(Ask ask, Consumer<WeirException> how) {
        return StepVerifier.create(desk.wire.exchange(() -> ask).ignoreElements())
                .expectErrorSatisfies(e -> how.accept((WeirException) e))
                .verifyLater();
    }

    private static void lost(WeirException e, Sent sent, String... words) {
        assertThat(e).hasMessageContainingAll(words).hasMessageContaining("db.example:6667");
        assertThat(e.kind()).isEqualTo(ErrorKind.CLOSED);
        assertThat(e.sent()).isEqualTo(sent);
        assertThat(e.system()).isEqualTo("toy");
    }

    @Test
    void whatWasWrittenMayHaveRunAndWhatWasNotDidNot() {
        Ask one = new Ask("one");
        StepVerifier written = fails(one, e -> lost(e, Sent.MAYBE, "was lost before 'ask'", "may have run"));
        desk.turn().writable(false);
        StepVerifier waiting = fails(new Ask("two"), e -> lost(e, Sent.NO, "did not run"));
        desk.turn().lose();
        written.verify();
        waiting.verify();
        assertThat(one.ends).hasValue(1);
        assertThat(desk.wire.pending()).isZero();
        assertThat(desk.wire.isOpen()).isFalse();
        StepVerifier late = fails(new Ask("late"), e -> lost(e, Sent.NO, "was lost", "did not run"));
        desk.turn();
        late.verify();
    }

    @Test
    void aBurstBehindOneThatNeverLeftDidNotRunEither() {
        desk.wire.exchange(() -> new Ask("answered")).subscribe(x -> {}, e -> {});
        desk.turn().answer(".1").getStuck();
        StepVerifier underWay = fails(new Ask("under way"), e -> lost(e, Sent.MAYBE, "was lost"));
        desk.turn();
        StepVerifier behind = fails(new Ask("behind"), e -> lost(e, Sent.NO, "was lost"));
        desk.turn().lose();
        underWay.verify();
        behind.verify();
    }

    @Test
    void aLossJustAfterTrafficPointsAtTheServer() {
        StepVerifier failed = fails(
                new Ask("a"),
                e -> lost(e, Sent.MAYBE, "Last byte out 700 ms ago, in 200 ms ago", "just now", "server's log"));
        desk.turn().pass(Duration.ofMillis(500)).answer("1");
        desk.pass(Duration.ofMillis(200)).lose();
        StepVerifier.create(desk.wire.onClose())
                .verifyErrorSatisfies(e -> assertThat(e).hasMessageContaining("just now"));
        failed.verify();
    }

    @Test
    void aLossAfterALongSilencePointsAtWhatIsOnTheWay() {
        desk.wire.exchange(() -> new Ask("a")).subscribe(x -> {}, e -> {});
        desk.turn().answer(".1").pass(Duration.ofMinutes(31));
        desk.lose();
        StepVerifier.create(desk.wire.onClose())
                .verifyErrorSatisfies(e -> assertThat(e)
                        .hasMessageContainingAll("out 31 min ago", "in 31 min ago", "idle limit", "firewall"));
    }

    @Test
    void theSocketsOwnErrorIsPassedOn() {
        StepVerifier failed = fails(new Ask("a"), e -> {
            lost(e, Sent.MAYBE, "Connection reset by peer");
            assertThat(e).hasCauseInstanceOf(IOException.class);
        });
        desk.turn();
        desk.channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        desk.turn();
        failed.verify();
    }

    @Test
    void whatIsClosedByThisSideSaysSoAndIsNoLoss() {
        StepVerifier failed = fails(new Ask("a"), e -> lost(e, Sent.MAYBE, "was closed by this side before 'ask'"));
        desk.turn();
        StepVerifier closed =
                StepVerifier.create(desk.wire.close()).expectComplete().verifyLater();
        desk.turn();
        closed.verify();
        failed.verify();
        StepVerifier.create(desk.wire.onClose()).verifyComplete();
    }

    @Test
    void whatIsClosedForAReasonTellsIt() {
        StepVerifier failed = fails(new Ask("a"), e -> lost(e, Sent.MAYBE, "Why: the session has expired"));
        desk.turn();
        WeirException reason =
                WeirException.of(ErrorKind.AUTH, "the session has expired").build();
        desk.wire.close(reason);
        desk.turn();
        failed.verify();
        StepVerifier.create(desk.wire.onClose()).verifyErrorMatches(e -> e == reason);
        StepVerifier.create(desk.wire.close()).verifyComplete();
    }

    @Test
    void aPausedExchangeHearsOfTheLossToo() {
        StepVerifier.create(desk.wire.exchange(() -> new Ask("a")), 0)
                .then(() -> desk.turn().answer("1"))
                .then(desk::lose)
                .verifyErrorSatisfies(e -> lost((WeirException) e, Sent.MAYBE, "was lost"));
    }

    @Test
    void aSubscriberThatHasLeftHearsNothing() {
        List<Throwable> heard = new ArrayList<>();
        Ask left = new Ask("left");
        var subscription = desk.wire.exchange(() -> left).subscribe(x -> {}, heard::add);
        desk.turn();
        subscription.dispose();
        desk.turn().lose();
        assertThat(heard).isEmpty();
        assertThat(left.ends).hasValue(1);
    }

    @Test
    void aSubscriberThatAsksAgainWhenItHearsOfTheLossHearsThatOneToo() {
        StepVerifier.create(desk.wire
                        .exchange(() -> new Ask("a"))
                        .onErrorResume(e -> desk.wire.exchange(() -> new Ask("again"))))
                .then(desk::turn)
                .then(desk::lose)
                .verifyErrorSatisfies(e -> lost((WeirException) e, Sent.NO, "was lost"));
    }

    @Test
    void aFrameThatIsNotUnderstoodFailsItsExchangeAndClosesTheWire() {
        StepVerifier broken = fails(new Ask("a"), e -> {
            assertThat(e)
                    .hasMessageContainingAll("answer of db.example:6667 to 'ask'", "not understood", "no such frame");
            assertThat(e.kind()).isEqualTo(ErrorKind.PROTOCOL);
        });
        StepVerifier other = fails(new Ask("b"), e -> lost(e, Sent.MAYBE, "Why: ", "not understood"));
        desk.turn().answer("1", "!", ".2");
        broken.verify();
        other.verify();
        assertThat(desk.wire.isOpen()).isFalse();
    }

    @Test
    void aFrameThatNobodyAskedForClosesTheWire() {
        desk.wire.exchange(() -> new Ask("a")).subscribe(x -> {}, e -> {});
        desk.turn().answer(".1", "surprise");
        StepVerifier.create(desk.wire.onClose())
                .verifyErrorSatisfies(e -> assertThat((WeirException) e)
                        .hasMessageContainingAll("db.example:6667", "12 bytes", "nobody had asked for")
                        .extracting(WeirException::kind)
                        .isEqualTo(ErrorKind.PROTOCOL));
    }

    @Test
    void aFrameBeyondTheLimitNamesItsLengthAndTheLimit() {
        try (Desk small = new Desk(s -> s.withMaxFrame(100))) {
            StepVerifier failed = StepVerifier.create(small.wire.exchange(() -> new Ask("a")))
                    .expectErrorSatisfies(e -> assertThat((WeirException) e)
                            .hasMessageContainingAll("A frame of 101 bytes", "limit is 100")
                            .extracting(WeirException::kind)
                            .isEqualTo(ErrorKind.PROTOCOL))
                    .verifyLater();
            small.turn().answer("x".repeat(97));
            failed.verify();
        }
    }
}
