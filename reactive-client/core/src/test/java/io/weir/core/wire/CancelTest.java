package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

/** Whoever leaves, at whatever stage, leaves a wire that answers the next question rightly. */
class CancelTest {

    private final Desk desk = new Desk(s -> s.withDrainLimit(Duration.ofSeconds(5)));
    private final Ask ask = new Ask("left");

    @AfterEach
    void close() {
        desk.close();
    }

    private void theNextQuestionIsAnsweredRightly(String... leftovers) {
        StepVerifier next = StepVerifier.create(desk.wire.exchange(() -> new Ask("next")))
                .expectNext("good")
                .expectComplete()
                .verifyLater();
        assertThat(desk.questions()).containsExactly("next");
        desk.answer(leftovers);
        desk.answer(".good");
        next.verify();
        assertThat(desk.wire.pending()).isZero();
        assertThat(ask.ends).hasValue(1);
    }

    @Test
    void whatIsCancelledBeforeItIsWrittenIsNeverWritten() {
        desk.wire.exchange(() -> ask).subscribe(x -> {}, e -> {}).dispose();
        assertThat(desk.questions()).isEmpty();
        assertThat(ask.encoded).isFalse();
        assertThat(ask.cancels).hasValue(0);
        theNextQuestionIsAnsweredRightly();
    }

    @Test
    void whatIsCancelledBeforeItIsSubmittedIsNeverWritten() {
        StepVerifier.create(desk.wire.exchange(() -> ask), 0).thenCancel().verify();
        assertThat(desk.questions()).isEmpty();
        assertThat(ask.encoded).isFalse();
    }

    @Test
    void whatIsCancelledWhileTheSocketTakesNoMoreIsNeverWritten() {
        desk.writable(false);
        Disposable left = desk.wire.exchange(() -> ask).subscribe(x -> {}, e -> {});
        desk.turn();
        left.dispose();
        desk.turn().writable(true);
        assertThat(desk.questions()).isEmpty();
        assertThat(ask.encoded).isFalse();
        theNextQuestionIsAnsweredRightly();
    }

    @Test
    void whatIsCancelledAfterItWasWrittenIsDrained() {
        Disposable left = desk.wire.exchange(() -> ask).subscribe(x -> {}, e -> {});
        assertThat(desk.questions()).containsExactly("left");
        left.dispose();
        left.dispose();
        desk.turn();
        assertThat(ask.cancels).hasValue(1);
        theNextQuestionIsAnsweredRightly("1", "2", ".3");
        assertThat(ask.seen).containsExactly("1", "2", ".3");
    }

    @Test
    void whatIsCancelledInTheMiddleOfItsAnswerIsDrainedFromThereOn() {
        StepVerifier.create(desk.wire.exchange(() -> ask))
                .then(() -> desk.turn().answer("1"))
                .expectNext("1")
                .thenCancel()
                .verify();
        assertThat(desk.questions()).containsExactly("left");
        theNextQuestionIsAnsweredRightly("2", ".3");
        assertThat(ask.seen).containsExactly("1", "2", ".3");
    }

    @Test
    void whatIsCancelledFromWithinIsDrainedInTheSameRead() {
        StepVerifier taken = StepVerifier.create(desk.wire.exchange(() -> ask).take(1))
                .expectNext("1")
                .expectComplete()
                .verifyLater();
        assertThat(desk.questions()).containsExactly("left");
        desk.answer("1", "2", ".3");
        taken.verify();
        theNextQuestionIsAnsweredRightly();
    }

    @Test
    void aPausedAnswerThatIsCancelledIsDrainedAndReadingGoesOn() {
        StepVerifier.create(desk.wire.exchange(() -> ask), 0)
                .then(() -> desk.turn().answer("1", "2"))
                .then(() -> assertThat(desk.reads()).isFalse())
                .thenCancel()
                .verify();
        assertThat(desk.questions()).containsExactly("left");
        assertThat(desk.reads()).isTrue();
        theNextQuestionIsAnsweredRightly(".3");
    }

    @Test
    void cancellingWhatIsOverChangesNothing() {
        Disposable done = desk.wire.exchange(() -> ask).subscribe(x -> {}, e -> {});
        assertThat(desk.questions()).containsExactly("left");
        desk.answer(".1");
        ask.cancel();
        done.dispose();
        desk.turn();
        assertThat(ask.cancels).hasValue(0);
        theNextQuestionIsAnsweredRightly();
    }

    @Test
    void anAnswerThatIsNotDrainedInTimeCostsTheWireAndSaysWhy() {
        Disposable left = desk.wire.exchange(() -> ask).subscribe(x -> {}, e -> {});
        StepVerifier behind = StepVerifier.create(desk.wire.exchange(() -> new Ask("behind")))
                .expectErrorSatisfies(e -> assertThat((WeirException) e)
                        .hasMessageContainingAll("which nobody waits for", "5000 ms", "given up")
                        .extracting(WeirException::kind)
                        .isEqualTo(ErrorKind.CLOSED))
                .verifyLater();
        desk.turn();
        left.dispose();
        desk.turn().pass(Duration.ofSeconds(4));
        assertThat(desk.wire.isOpen()).isTrue();
        desk.pass(Duration.ofSeconds(1));
        assertThat(desk.wire.isOpen()).isFalse();
        behind.verify();
        StepVerifier.create(desk.wire.onClose())
                .verifyErrorSatisfies(e -> assertThat(e).hasMessageContaining("given up"));
    }
}
