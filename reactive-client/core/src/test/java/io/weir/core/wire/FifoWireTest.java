package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

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
        assertThat(desk.flushes).hasValue(1);

        desk.answer("1", ".2", ".3");
        assertThat(answers).containsExactly("a=1", "a=2", "b=3");
        assertThat(desk.wire.pending()).isZero();
    }

    @Test
    void anExchangeIsColdAndEachSubscriberGetsItsOwn() {
        var ask = desk.wire.exchange(() -> new Ask("a"));
        assertThat(desk.questions()).isEmpty();
        var first = StepVerifier.create(ask).expectNext("1").expectComplete().verifyLater();
        var second = StepVerifier.create(ask).expectNext("2").expectComplete().verifyLater();
        assertThat(desk.questions()).containsExactly("a", "a");
        desk.answer(".1", ".2");
        first.verify();
        second.verify();
    }
}
