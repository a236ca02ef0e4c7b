package io.weir.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Questions and answers by key, without a socket; the clock is moved by hand. */
class KeyedWireTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    private static Consumer<Throwable> error(ErrorKind kind, Sent sent, String... words) {
        return e -> assertThat((WeirException) e)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("secret")
                .satisfies(w -> assertThat(w.kind()).isEqualTo(kind))
                .satisfies(w -> assertThat(w.sent()).isEqualTo(sent))
                .satisfies(w -> assertThat(w.connection()).startsWith("toy-"))
                .satisfies(w -> assertThat(w.endpoint()).isEqualTo("db.example:6041"));
    }

    @Test
    void answersInAnyOrderGoToTheirQuestions() {
        List<String> got = new ArrayList<>();
        desk.ask(1, "a").subscribe(got::add, e -> {});
        desk.ask(2, "b").subscribe(got::add, e -> {});
        desk.ask(3, "c").subscribe(got::add, e -> {});
        assertThat(desk.written()).containsExactly("1=a", "2=b", "3=c");
        desk.answer("3=C", "1=A").answer("2=B");
        assertThat(got).containsExactly("C", "A", "B");
        assertThat(desk.wire.pending()).isZero();
    }

    @Test
    void nothingIsWrittenBeforeSubscriptionAndABurstIsFlushedOnce() {
        Mono<String> cold = desk.ask(1, "a");
        assertThat(desk.written()).isEmpty();
        cold.subscribe(x -> {}, e -> {});
        IntStream.range(2, 50).forEach(i -> desk.ask(i, "q").subscribe(x -> {}, e -> {}));
        assertThat(desk.written()).hasSize(49);
        assertThat(desk.flushes).hasValue(1);
    }

    @Test
    void whatIsAskedWhileAnAnswerIsTakenLeavesAtTheEndOfTheRead() {
        List<String> got = new ArrayList<>();
        desk.ask(1, "a").flatMap(x -> desk.ask(2, x)).subscribe(got::add, e -> {});
        desk.ask(3, "c").flatMap(x -> desk.ask(4, x)).subscribe(got::add, e -> {});
        desk.turn();
        int before = desk.flushes.get();
        desk.answer("1=A", "3=C");
        assertThat(desk.flushes.get() - before).isEqualTo(1);
        assertThat(desk.written()).containsExactly("1=a", "3=c", "2=A", "4=C");
        desk.answer("2=x", "4=y");
        assertThat(got).containsExactly("x", "y");
    }

    @Test
    void aRefusalAndAnAnswerWithoutSenseFailTheirQuestionOnly() {
        StepVerifier refused = StepVerifier.create(desk.ask(1, "a"))
                .expectErrorSatisfies(error(ErrorKind.SERVER, Sent.ANSWERED, "!no"))
                .verifyLater();
        StepVerifier senseless = StepVerifier.create(desk.ask(2, "b"))
                .expectErrorSatisfies(error(ErrorKind.PROTOCOL, Sent.ANSWERED, "'ask'", "?huh"))
                .verifyLater();
        StepVerifier empty =
                StepVerifier.create(desk.ask(3, "c")).expectComplete().verifyLater();
        desk.turn().answer("1=!no", "2=?huh", "3=");
        refused.verify();
        senseless.verify();
        empty.verify();
        assertThat(desk.wire.isOpen()).isTrue();
    }

    @Test
    void anEmptyBinaryMessageIsRefusedAndNothingIsWritten() {
        StepVerifier refused = StepVerifier.create(desk.ask(1, ""))
                .expectErrorSatisfies(error(ErrorKind.BAD_REQUEST, Sent.NO, "must not be empty"))
                .verifyLater();
        assertThat(desk.written()).isEmpty();
        refused.verify();
        assertThat(desk.wire.pending()).isZero();
    }

    @Test
    void aRequestThatCanNotBeEncodedFailsAloneAndAKeyInUseIsRefused() {
        StepVerifier broken = StepVerifier.create(desk.ask(1, "broken"))
                .expectErrorSatisfies(error(ErrorKind.BAD_REQUEST, Sent.NO, "it is broken"))
                .verifyLater();
        StepVerifier first = StepVerifier.create(desk.ask(2, "x"))
                .expectNext("X")
                .expectComplete()
                .verifyLater();
        StepVerifier second = StepVerifier.create(desk.ask(2, "y"))
                .expectErrorSatisfies(error(ErrorKind.BAD_REQUEST, Sent.NO, "key 2 is in use"))
                .verifyLater();
        assertThat(desk.written()).containsExactly("2=x");
        desk.answer("2=X");
        broken.verify();
        first.verify();
        second.verify();
    }

    @Test
    void theLateAnswerOfACancelledQuestionGoesToItAndToNobodyElse() {
        Ask left = new Ask(1, "a");
        Disposable subscription = desk.ask(left).subscribe(x -> {}, e -> {});
        desk.turn();
        subscription.dispose();
        desk.turn();
        assertThat(left.abandoned).hasValue(1);
        assertThat(left.ends).hasValue(0);
        assertThat(desk.wire.pending()).isZero();
        StepVerifier.create(desk.ask(1, "again"))
                .then(desk::turn)
                .expectErrorSatisfies(error(ErrorKind.BAD_REQUEST, Sent.NO, "in use"))
                .verify();
        desk.answer("1=late");
        assertThat(left.late).containsExactly("1=late");
        assertThat(left.ends).hasValue(1);
        assertThat(desk.protocol.unexpected).isEmpty();
    }

    @Test
    void whatIsCancelledBeforeItIsWrittenNeverIs() {
        desk.writable(false);
        Ask left = new Ask(1, "a");
        Disposable subscription = desk.ask(left).subscribe(x -> {}, e -> {});
        Ask atOnce = new Ask(2, "b");
        desk.ask(atOnce).subscribe(x -> {}, e -> {}).dispose();
        desk.turn();
        subscription.dispose();
        desk.writable(true);
        assertThat(desk.written()).isEmpty();
        assertThat(left.ends).hasValue(1);
        assertThat(atOnce.ends).hasValue(1);
        assertThat(left.abandoned).hasValue(0);
    }

    @Test
    void anAnswerThatNobodyAskedForIsIgnoredAndShownToTheSystem() {
        StepVerifier good = StepVerifier.create(desk.ask(1, "a"))
                .expectNext("A")
                .expectComplete()
                .verifyLater();
        desk.turn().answer("9=who", "nokey", "1=A");
        good.verify();
        assertThat(desk.protocol.unexpected).containsExactly("9=who", "nokey");
    }

    @Test
    void anAnswerWhoseKeyCanNotBeReadEndsTheWire() {
        StepVerifier lost = StepVerifier.create(desk.ask(1, "a"))
                .expectErrorSatisfies(error(ErrorKind.CLOSED, Sent.MAYBE, "was not understood", "may have run"))
                .verifyLater();
        desk.turn().answer("x=1");
        lost.verify();
        assertThat(desk.written()).containsExactly("1=a", "close 1002");
        StepVerifier.create(desk.wire.onClose())
                .expectErrorSatisfies(
                        e -> assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.PROTOCOL))
                .verify();
    }

    @Test
    void theLimitOfAnExchangeLeavesAnOrphanAndTheOthersInPeace() {
        Ask slow = new Ask(1, "slow", LIMIT);
        StepVerifier failed = StepVerifier.create(desk.ask(slow))
                .expectErrorSatisfies(error(ErrorKind.TIMEOUT, Sent.MAYBE, "'ask'", "3000 ms", "may still run"))
                .verifyLater();
        StepVerifier longer = StepVerifier.create(desk.ask(new Ask(2, "longer", LIMIT.multipliedBy(2))))
                .expectErrorSatisfies(error(ErrorKind.TIMEOUT, Sent.MAYBE, "6000 ms"))
                .verifyLater();
        StepVerifier patient = StepVerifier.create(desk.ask(3, "patient"))
                .expectNext("P")
                .expectComplete()
                .verifyLater();
        desk.turn().pass(LIMIT.minusNanos(1));
        assertThat(slow.abandoned).hasValue(0);
        desk.pass(Duration.ofNanos(1));
        failed.verify();
        desk.answer("1=late");
        assertThat(slow.late).containsExactly("1=late");
        desk.pass(LIMIT);
        longer.verify();
        desk.answer("3=P");
        patient.verify();
    }

    @Test
    void aQuestionThatIsNotWrittenInTimeNeverIs() {
        desk.writable(false);
        StepVerifier failed = StepVerifier.create(desk.ask(new Ask(1, "late", LIMIT)))
                .expectErrorSatisfies(error(ErrorKind.TIMEOUT, Sent.NO, "did not run"))
                .verifyLater();
        desk.turn().pass(LIMIT);
        failed.verify();
        desk.writable(true);
        assertThat(desk.written()).isEmpty();
    }

    @Test
    void orphansAreBoundedInNumberAndTime() {
        desk.close();
        desk = new Desk(s -> s.withLiveness(Duration.ZERO, LIMIT), 2, Duration.ofMinutes(1));
        List<Ask> asks = IntStream.range(0, 3).mapToObj(i -> new Ask(i, "q")).toList();
        for (Ask ask : asks) {
            Disposable s = desk.ask(ask).subscribe(x -> {}, e -> {});
            desk.turn();
            s.dispose();
            desk.turn();
        }
        assertThat(asks.get(0).ends).as("the oldest is forgotten").hasValue(1);
        assertThat(asks.get(1).ends).hasValue(0);
        desk.answer("0=late");
        assertThat(desk.protocol.unexpected).containsExactly("0=late");
        assertThat(asks.get(0).late).isEmpty();
        desk.pass(Duration.ofMinutes(1).minusNanos(1));
        assertThat(asks.get(2).ends).hasValue(0);
        desk.pass(Duration.ofNanos(1));
        assertThat(asks.get(2).ends).hasValue(1);
        assertThat(desk.wire.isOpen()).isTrue();
    }

    @Test
    void anAnswerWaitsForItsReaderAndIsFreedIfHeLeaves() {
        Ask taken = new Ask(1, "a");
        StepVerifier.create(desk.ask(taken), 0)
                .then(() -> desk.turn().answer("1=A"))
                .then(() -> assertThat(taken.ends).hasValue(1))
                .thenRequest(1)
                .then(desk::turn)
                .expectNext("A")
                .expectComplete()
                .verify();
        Ask left = new Ask(2, "b");
        StepVerifier.create(desk.ask(left), 0)
                .then(() -> desk.turn().answer("2=B"))
                .thenCancel()
                .verify();
        desk.turn();
        assertThat(left.late).containsExactly("2=B");
        assertThat(left.ends).hasValue(1);
    }

    @Test
    void aLostWireTellsEachQuestionWhetherItMayHaveRun() {
        desk.getStuck();
        desk.ask(1, "a").subscribe(x -> {}, e -> {});
        desk.turn().take(1);
        StepVerifier first = StepVerifier.create(desk.ask(2, "b"))
                .expectErrorSatisfies(error(ErrorKind.CLOSED, Sent.MAYBE, "'ask'", "may have run", "Last byte out"))
                .verifyLater();
        StepVerifier second = StepVerifier.create(desk.ask(3, "c"))
                .expectErrorSatisfies(error(ErrorKind.CLOSED, Sent.NO, "did not run"))
                .verifyLater();
        desk.turn().writable(false);
        StepVerifier third = StepVerifier.create(desk.ask(4, "d"))
                .expectErrorSatisfies(error(ErrorKind.CLOSED, Sent.NO, "did not run"))
                .verifyLater();
        desk.turn().lose();
        first.verify();
        second.verify();
        third.verify();
        StepVerifier.create(desk.ask(5, "e"))
                .then(desk::turn)
                .expectErrorSatisfies(error(ErrorKind.CLOSED, Sent.NO, "was lost"))
                .verify();
        StepVerifier.create(desk.wire.onClose())
                .expectError(WeirException.class)
                .verify();
        assertThat(desk.wire.isOpen()).isFalse();
    }

    @Test
    void closingSaysGoodByeAndDoesNotWaitForAnAnswer() {
        StepVerifier pending = StepVerifier.create(desk.ask(1, "a"))
                .expectErrorSatisfies(error(ErrorKind.CLOSED, Sent.MAYBE, "closed by this side"))
                .verifyLater();
        desk.turn();
        StepVerifier closed =
                StepVerifier.create(desk.wire.close()).expectComplete().verifyLater();
        assertThat(desk.written()).containsExactly("1=a", "close 1000");
        pending.verify();
        closed.verify();
        StepVerifier.create(desk.wire.onClose()).expectComplete().verify();
    }

    @Test
    void aSubscriberWhoAsksForNothingIsToldSo() {
        StepVerifier.create(Mono.from(s -> desk.ask(1, "a").subscribe(new Greedy(s))))
                .expectErrorMessage("A subscriber asked for 0 elements; it has to be more than zero (rule 3.9)")
                .verify();
    }

    @Test
    void aNoticeIsSentAndNeverAnswered() {
        desk.wire.tell(new Notice("free", Form.TEXT) {
            @Override
            protected void encode(ByteBuf out) {
                ByteBufUtil.writeUtf8(out, "free 1");
            }
        });
        assertThat(desk.written()).containsExactly("free 1");
        desk.lose();
        desk.wire.tell(new Notice("free", Form.TEXT) {
            @Override
            protected void encode(ByteBuf out) {
                throw new AssertionError("nobody is there");
            }
        });
        assertThat(desk.written()).isEmpty();
    }

    @Test
    void anExchangeTravelsOnce() {
        Ask ask = new Ask(1, "a");
        desk.ask(ask).subscribe(x -> {}, e -> {});
        StepVerifier.create(desk.ask(ask))
                .expectErrorMessage("This exchange (ask) has been subscribed to before: make a new one")
                .verify();
    }
}
