package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** A limit per exchange, so that nobody blocks the others for ever. The clock of these tests is moved by hand. */
class DeadlineTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final Desk desk = new Desk(s -> s.withDrainLimit(Duration.ofSeconds(10)));

    @AfterEach
    void close() {
        desk.close();
    }

    private static Consumer<Throwable> timeout(Sent sent, String... words) {
        return e -> assertThat((WeirException) e)
                .hasMessageContainingAll(words)
                .satisfies(w -> assertThat(w.kind()).isEqualTo(ErrorKind.TIMEOUT))
                .satisfies(w -> assertThat(w.sent()).isEqualTo(sent))
                .satisfies(w -> assertThat(w.connection()).isNotNull());
    }

    @Test
    void aWrittenExchangeFailsAtItsLimitAndItsLateAnswerIsDrained() {
        Ask slow = new Ask("slow", LIMIT);
        StepVerifier failed = StepVerifier.create(desk.wire.exchange(() -> slow))
                .expectErrorSatisfies(timeout(Sent.MAYBE, "'ask'", "3000 ms", "may still run"))
                .verifyLater();
        StepVerifier other = StepVerifier.create(desk.wire.exchange(() -> new Ask("other")))
                .expectNext("good")
                .expectComplete()
                .verifyLater();
        desk.turn().pass(LIMIT.minusNanos(1));
        assertThat(slow.draining()).isFalse();
        desk.pass(Duration.ofNanos(1));
        failed.verify();
        assertThat(slow.ends).as("its answer is still to come").hasValue(0);
        desk.answer("1", ".2", ".good");
        other.verify();
        assertThat(slow.seen).containsExactly("1", ".2");
        assertThat(slow.ends).hasValue(1);
    }

    @Test
    void anExchangeThatWasNotWrittenInTimeNeverIs() {
        desk.writable(false);
        StepVerifier failed = StepVerifier.create(desk.wire.exchange(() -> new Ask("late", LIMIT)))
                .expectErrorSatisfies(timeout(Sent.NO, "did not run"))
                .verifyLater();
        desk.turn().pass(LIMIT);
        failed.verify();
        desk.writable(true);
        assertThat(desk.questions()).isEmpty();
        assertThat(desk.wire.isOpen()).isTrue();
    }

    @Test
    void aSubscriberThatNeitherAsksNorLeavesBlocksTheOthersUntilItsLimitOnly() {
        Ask idle = new Ask("idle", LIMIT);
        StepVerifier other = StepVerifier.create(desk.wire.exchange(() -> idle), 0)
                .then(() -> desk.turn())
                .expectErrorSatisfies(timeout(Sent.MAYBE, "the subscriber did not take what came"))
                .verifyLater();
        StepVerifier behind = StepVerifier.create(desk.wire.exchange(() -> new Ask("behind")))
                .expectNext("good")
                .expectComplete()
                .verifyLater();
        desk.turn().answer("1", ".2", ".good");
        assertThat(desk.reads()).isFalse();
        assertThat(idle.seen).isEmpty();
        desk.pass(LIMIT);
        other.verify();
        behind.verify();
        assertThat(desk.reads()).isTrue();
    }

    @Test
    void eachExchangeHasItsOwnLimitWhateverTheirOrder() {
        StepVerifier longer = StepVerifier.create(desk.wire.exchange(() -> new Ask("longer", LIMIT.multipliedBy(2))))
                .expectErrorSatisfies(timeout(Sent.MAYBE, "6000 ms"))
                .verifyLater();
        StepVerifier shorter = StepVerifier.create(desk.wire.exchange(() -> new Ask("shorter", LIMIT)))
                .expectErrorSatisfies(timeout(Sent.MAYBE, "3000 ms"))
                .verifyLater();
        Ask patient = new Ask("patient");
        desk.wire.exchange(() -> patient).subscribe(x -> {}, e -> {});
        desk.turn().pass(LIMIT);
        shorter.verify();
        desk.pass(LIMIT);
        longer.verify();
        assertThat(patient.draining()).isFalse();
        desk.answer(".1", ".2", ".3");
        assertThat(desk.wire.pending()).isZero();
    }

    @Test
    void aLimitThatIsMetCostsNothingAndOneThatFollowsStillHolds() {
        desk.wire.exchange(() -> new Ask("quick", LIMIT)).subscribe(x -> {}, e -> {});
        desk.turn().answer(".1").pass(Duration.ofSeconds(1));
        StepVerifier second = StepVerifier.create(desk.wire.exchange(() -> new Ask("second", LIMIT)))
                .expectErrorSatisfies(timeout(Sent.MAYBE, "3000 ms"))
                .verifyLater();
        desk.turn().pass(Duration.ofSeconds(2));
        assertThat(desk.wire.pending()).isEqualTo(1);
        desk.pass(Duration.ofSeconds(1));
        second.verify();
    }

    @Test
    void aServerThatNeverAnswersCostsTheWireOnceTheDrainHasItsLimitToo() {
        StepVerifier failed = StepVerifier.create(desk.wire.exchange(() -> new Ask("never", LIMIT)))
                .expectErrorSatisfies(timeout(Sent.MAYBE, "3000 ms"))
                .verifyLater();
        desk.turn().pass(LIMIT);
        failed.verify();
        desk.pass(Duration.ofSeconds(9));
        assertThat(desk.wire.isOpen()).isTrue();
        desk.pass(Duration.ofSeconds(1));
        assertThat(desk.wire.isOpen()).isFalse();
    }

    @Test
    void anEndlessLimitIsNone() {
        Ask ask = new Ask("a", Duration.ofSeconds(Long.MAX_VALUE));
        desk.wire.exchange(() -> ask).subscribe(x -> {}, e -> {});
        desk.turn().pass(Duration.ofDays(10_000));
        assertThat(ask.draining()).isFalse();
    }

    @Test
    void theLimitOfADrainRunsOnlyWhileItKeepsOthersWaiting() {
        Ask slow = new Ask("slow");
        desk.wire.exchange(() -> slow).subscribe(x -> {}, e -> {});
        desk.wire.exchange(() -> new Ask("left")).subscribe(x -> {}, e -> {}).dispose();
        var left = desk.wire.exchange(() -> new Ask("left")).subscribe(x -> {}, e -> {});
        StepVerifier late = StepVerifier.create(desk.wire.exchange(() -> new Ask("late", LIMIT)))
                .expectErrorSatisfies(timeout(Sent.MAYBE, "3000 ms"))
                .verifyLater();
        desk.turn();
        left.dispose();
        desk.turn().pass(Duration.ofMinutes(10));
        late.verify();
        assertThat(desk.wire.isOpen())
                .as("it waited for a slow answer, nobody waited for it")
                .isTrue();
        desk.answer(".slow").pass(Duration.ofSeconds(9));
        assertThat(desk.wire.isOpen()).isTrue();
        desk.answer(".left").pass(Duration.ofSeconds(9));
        assertThat(desk.wire.isOpen())
                .as("the next drain has a limit of its own")
                .isTrue();
        desk.pass(Duration.ofSeconds(1));
        assertThat(desk.wire.isOpen()).isFalse();
    }
}
