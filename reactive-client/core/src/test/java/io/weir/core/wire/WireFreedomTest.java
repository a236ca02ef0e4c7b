package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.test.subscriber.TestSubscriber;

/** What a wire tells those who choose among wires. */
class WireFreedomTest {

    private static final Duration TICK = Duration.ofMillis(1);

    @Test
    void aTurnBeginsWhenItIsWrittenAndTheOneBeforeIsOver() {
        try (Desk desk = new Desk()) {
            assertThat(desk.wire.headAge()).isZero();
            ask(desk, "a", Long.MAX_VALUE);
            ask(desk, "b", Long.MAX_VALUE);
            desk.turn().pass(TICK);
            assertThat(desk.wire.headAge()).isEqualTo(TICK.toNanos());
            desk.answer(".a");
            assertThat(desk.wire.headAge()).isZero();
            desk.pass(TICK.multipliedBy(3));
            assertThat(desk.wire.headAge()).isEqualTo(TICK.multipliedBy(3).toNanos());
            desk.answer(".b").pass(TICK);
            assertThat(desk.wire.headAge()).isZero();
        }
    }

    @Test
    void aReaderWhoTakesNoMoreHoldsTheWireBackUntilHeAsksOrLeaves() {
        try (Desk desk = new Desk()) {
            TestSubscriber<String> slow = ask(desk, "a", 1);
            desk.turn().answer("1");
            assertThat(desk.wire.isHeldBack()).isFalse();
            desk.answer("2");
            assertThat(desk.wire.isHeldBack()).isTrue();
            slow.request(1);
            desk.turn();
            assertThat(desk.wire.isHeldBack()).isFalse();
            desk.answer("3");
            assertThat(desk.wire.isHeldBack()).isTrue();
            slow.cancel();
            desk.turn();
            assertThat(desk.wire.isHeldBack()).isFalse();
            desk.answer(".4");
        }
    }

    @Test
    void whoWaitsIsToldOfEachAnswerAndOfAReaderWhoTakesAgain() {
        try (Desk desk = new Desk()) {
            AtomicInteger told = new AtomicInteger();
            desk.wire.whenFree(told::incrementAndGet);
            TestSubscriber<String> slow = ask(desk, "a", 1);
            desk.turn().answer("1", "2");
            assertThat(told).hasValue(0);
            slow.request(5);
            desk.turn();
            assertThat(told).hasValue(1);
            desk.answer(".3");
            assertThat(told).hasValue(2);
        }
    }

    private static TestSubscriber<String> ask(Desk desk, String question, long demand) {
        TestSubscriber<String> reader =
                TestSubscriber.builder().initialRequest(demand).build();
        desk.wire.exchange(() -> new Ask(question)).subscribe(reader);
        return reader;
    }
}
