package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Questions and answers, in their order and in one flush. */
class FifoWireTest {

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void answersGoToTheQuestionsInTheirOrder() {
        List<String> answers = new ArrayList<>();
        desk.wire.exchange(() -> new Ask("a")).subscribe(x -> answers.add("a=" + x));
        desk.wire.exchange(() -> new Ask("b")).subscribe(x -> answers.add("b=" + x));
        assertThat(desk.questions()).containsExactly("a", "b");

        desk.answer("1", ".2", ".3");
        assertThat(answers).containsExactly("a=1", "a=2", "b=3");
        assertThat(desk.wire.pending()).isZero();
    }

    @Test
    void anExchangeIsColdAndEachSubscriberGetsItsOwn() {
        Flux<String> ask = desk.wire.exchange(() -> new Ask("a"));
        assertThat(desk.questions()).isEmpty();
        StepVerifier first =
                StepVerifier.create(ask).expectNext("1").expectComplete().verifyLater();
        StepVerifier second =
                StepVerifier.create(ask).expectNext("2").expectComplete().verifyLater();
        assertThat(desk.questions()).containsExactly("a", "a");
        desk.answer(".1", ".2");
        first.verify();
        second.verify();
    }

    @Test
    void aBurstOfQuestionsLeavesWithOneFlush() {
        List<String> questions =
                IntStream.range(0, 100).mapToObj(Integer::toString).toList();
        questions.forEach(q -> desk.wire.exchange(() -> new Ask(q)).subscribe(x -> {}, e -> {}));
        assertThat(desk.wire.pending()).isZero();
        assertThat(desk.questions()).isEqualTo(questions);
        assertThat(desk.flushes).hasValue(1);
        assertThat(desk.wire.pending()).isEqualTo(100);
    }

    @Test
    void questionsThatAnswersLeadToLeaveTogetherOnceAllThatWasReadIsDealtWith() {
        for (String q : List.of("a", "b", "c")) {
            desk.wire
                    .exchange(() -> new Ask(q))
                    .concatWith(desk.wire.exchange(() -> new Ask(q + "2")))
                    .subscribe(x -> {}, e -> {});
        }
        assertThat(desk.questions()).containsExactly("a", "b", "c");
        desk.flushes.set(0);
        desk.answer(".1", ".2", ".3");
        assertThat(desk.questions()).containsExactly("a2", "b2", "c2");
        assertThat(desk.flushes).hasValue(1);
    }

    @Test
    void aQuestionLargerThanABurstLeavesWhole() {
        String large = "x".repeat(300_000);
        desk.wire.exchange(() -> new Ask("a")).subscribe(x -> {}, e -> {});
        desk.wire.exchange(() -> new Ask(large)).subscribe(x -> {}, e -> {});
        desk.wire.exchange(() -> new Ask("b")).subscribe(x -> {}, e -> {});
        assertThat(desk.questions()).containsExactly("a", large, "b");
    }

    @Test
    void questionsWaitWhileTheSocketTakesNoMore() {
        desk.writable(false);
        desk.wire.exchange(() -> new Ask("a")).subscribe(x -> {}, e -> {});
        assertThat(desk.questions()).isEmpty();
        assertThat(desk.wire.pending()).isEqualTo(1);
        desk.writable(true);
        assertThat(desk.questions()).containsExactly("a");
        assertThat(desk.flushes).hasValue(1);
    }

    @Test
    void aServerThatSpeaksFirstIsHeardByAnExchangeThatOnlyListens() {
        assertThat(desk.reads()).isFalse();
        Ask listens = new Ask("") {
            @Override
            protected void encode(ByteBuf out) {}
        };
        StepVerifier greeting = StepVerifier.create(desk.wire.exchange(() -> listens))
                .expectNext("welcome")
                .expectComplete()
                .verifyLater();
        assertThat(desk.questions()).isEmpty();
        assertThat(desk.reads()).isTrue();
        desk.answer(".welcome");
        greeting.verify();
    }

    @Test
    void anExchangeThatCanNotBeEncodedFailsAloneAndLeavesNothingBehind() {
        Ask broken = new Ask("broken") {
            @Override
            protected void encode(ByteBuf out) {
                out.writeInt(99).writeByte(1);
                throw new IllegalArgumentException("a value that can not be written");
            }
        };
        desk.wire.exchange(() -> new Ask("a")).subscribe(x -> {}, e -> {});
        StepVerifier failed = StepVerifier.create(desk.wire.exchange(() -> broken))
                .expectErrorSatisfies(e -> assertThat((WeirException) e)
                        .hasMessageContainingAll("'ask'", "could not be written", "a value that can not be written")
                        .satisfies(w -> assertThat(w.kind()).isEqualTo(ErrorKind.BAD_REQUEST))
                        .satisfies(w -> assertThat(w.sent()).isEqualTo(Sent.NO))
                        .satisfies(w -> assertThat(w.connection()).isEqualTo(desk.wire.id())))
                .verifyLater();
        desk.wire.exchange(() -> new Ask("b")).subscribe(x -> {}, e -> {});
        assertThat(desk.questions()).containsExactly("a", "b");
        failed.verify();
        assertThat(broken.ends).hasValue(1);
        assertThat(desk.wire.isOpen()).isTrue();
    }

    @Test
    void anExchangeThatEncodesNothingButAnErrorOfItsOwnKeepsItsKind() {
        Ask broken = new Ask("broken") {
            @Override
            protected void encode(ByteBuf out) {
                throw WeirException.of(ErrorKind.UNSUPPORTED, "no such thing").build();
            }
        };
        StepVerifier failed = StepVerifier.create(desk.wire.exchange(() -> broken))
                .expectErrorSatisfies(e -> assertThat((WeirException) e)
                        .hasMessage("no such thing")
                        .satisfies(w -> assertThat(w.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
                        .satisfies(w -> assertThat(w.endpoint()).isEqualTo("db.example:6667")))
                .verifyLater();
        assertThat(desk.questions()).isEmpty();
        failed.verify();
    }

    @Test
    void anExchangeTravelsOnce() {
        Ask ask = new Ask("a");
        desk.wire.exchange(() -> ask).subscribe(x -> {}, e -> {});
        assertThatThrownBy(() -> desk.wire.submit(ask))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("submitted before");
    }

    @Test
    void aSupplierThatThrowsFailsItsSubscriberOnly() {
        StepVerifier.create(desk.wire.exchange(() -> {
                    throw new IllegalStateException("no exchange today");
                }))
                .verifyErrorMessage("no exchange today");
        assertThat(desk.wire.isOpen()).isTrue();
    }

    @Test
    void aCallbackThatThrowsDoesNotKeepTheNextFromItsAnswer() {
        Ask rude = new Ask("rude") {
            @Override
            protected void ended() {
                throw new IllegalStateException("rude");
            }
        };
        desk.wire.exchange(() -> rude).subscribe(x -> {}, e -> {});
        StepVerifier next = StepVerifier.create(desk.wire.exchange(() -> new Ask("b")))
                .expectNext("2")
                .expectComplete()
                .verifyLater();
        desk.turn().answer(".1", ".2");
        next.verify();
    }

    @Test
    void tasksRunOnTheWiresThreadWhenTheirTimeHasCome() {
        List<String> done = new ArrayList<>();
        desk.wire.schedule(() -> done.add("late"), Duration.ofSeconds(2));
        var disposed = desk.wire.schedule(() -> done.add("never"), Duration.ofSeconds(2));
        desk.wire.execute(() -> done.add("now"));
        disposed.dispose();
        assertThat(disposed.isDisposed()).isTrue();
        desk.turn();
        assertThat(done).containsExactly("now");
        desk.pass(Duration.ofSeconds(2));
        assertThat(done).containsExactly("now", "late");
        assertThat(desk.wire.inLoop()).isTrue();
    }

    @Test
    void aWireNamesItself() {
        assertThat(desk.wire).hasToString(desk.wire.id() + " to db.example:6667");
        assertThat(desk.wire.endpoint().port()).isEqualTo(6667);
    }

    @Test
    void settingsThatCanNotWorkAreRefused() {
        WireSettings good = WireSettings.of("toy", FrameFormat.INT32_LENGTH);
        assertThatThrownBy(() -> good.withMaxFrame(4)).hasMessageContaining("frame limit of 4 bytes");
        assertThatThrownBy(() -> good.withConnectTimeout(Duration.ofSeconds(-1)))
                .hasMessageContaining("negative");
        assertThatThrownBy(() -> good.withReceiveBuffer(0)).hasMessageContaining("1024");
    }
}
