package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.StepVerifier;

/** Demand reaches the socket. */
class DemandTest {

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void withoutDemandNoFrameIsTakenAndReadingStops() {
        Ask ask = new Ask("a");
        StepVerifier.create(desk.wire.exchange(() -> ask), 0)
                .then(() -> desk.turn().answer("1", "2", "3"))
                .then(() -> assertThat(ask.seen).isEmpty())
                .then(() -> assertThat(desk.reads()).isFalse())
                .thenRequest(2)
                .then(desk::turn)
                .expectNext("1", "2")
                .then(() -> assertThat(ask.seen).containsExactly("1", "2"))
                .then(() -> assertThat(desk.reads()).isFalse())
                .thenRequest(1)
                .then(desk::turn)
                .expectNext("3")
                .then(() -> assertThat(desk.reads()).as("no whole frame waits").isTrue())
                .then(() -> desk.answer(".4"))
                .then(() -> assertThat(desk.reads()).isFalse())
                .thenRequest(1)
                .then(desk::turn)
                .expectNext("4")
                .verifyComplete();
        assertThat(desk.reads()).isTrue();
    }

    @Test
    void anIncompleteFrameDoesNotStopReading() {
        StepVerifier.create(desk.wire.exchange(() -> new Ask("a")), 0)
                .then(() -> desk.turn().answer(new byte[] {0, 0, 0, 3, '.', 'x'}))
                .then(() -> assertThat(desk.reads()).isTrue())
                .then(() -> desk.answer(new byte[] {'y'}))
                .then(() -> assertThat(desk.reads()).isFalse())
                .thenRequest(1)
                .then(desk::turn)
                .expectNext("xy")
                .verifyComplete();
    }

    @Test
    void demandFromWithinIsHonouredWithoutRecursion() {
        List<String> got = new ArrayList<>();
        desk.wire.exchange(() -> new Ask("a")).subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription s) {
                s.request(1);
            }

            @Override
            protected void hookOnNext(String value) {
                got.add(value);
                request(1);
            }
        });
        desk.turn();
        String[] frames = new String[20_000];
        Arrays.setAll(frames, Integer::toString);
        frames[frames.length - 1] = ".end";
        desk.answer(frames);
        assertThat(got).hasSize(frames.length).endsWith("end");
    }

    /** Splits each frame at its commas into several parts. */
    private static final class Parts extends FluxExchange<String> {
        private final List<String> seen = new ArrayList<>();

        Parts() {
            super("parts", Duration.ZERO);
        }

        @Override
        protected void encode(ByteBuf out) {
            Ask.write(out, "parts");
        }

        @Override
        protected boolean frame(ByteBuf frame) {
            String text = frame.toString(StandardCharsets.UTF_8);
            seen.add(text);
            boolean last = text.startsWith(".");
            for (String part : (last ? text.substring(1) : text).split(",", -1)) {
                emit(part);
            }
            if (last) {
                complete();
            }
            return last;
        }
    }

    @Test
    void thePartsOfOneFrameWaitForDemandAndTheNextFrameWaitsForThem() {
        Parts parts = new Parts();
        StepVerifier.create(desk.wire.exchange(() -> parts), 1)
                .then(() -> desk.turn().answer("a,b,c", ".d,e"))
                .expectNext("a")
                .thenRequest(1)
                .then(desk::turn)
                .expectNext("b")
                .then(() -> assertThat(parts.seen).containsExactly("a,b,c"))
                .thenRequest(2)
                .then(desk::turn)
                .expectNext("c", "d")
                .then(() -> assertThat(desk.wire.pending())
                        .as("the wire is free although a part still waits")
                        .isZero())
                .thenRequest(1)
                .then(desk::turn)
                .expectNext("e")
                .verifyComplete();
    }

    @Test
    void partsThatNobodyGetsAreDiscarded() {
        List<Object> discarded = new ArrayList<>();
        StepVerifier.create(desk.wire.exchange(Parts::new).doOnDiscard(String.class, discarded::add), 1)
                .then(() -> desk.turn().answer("a,b,c"))
                .expectNext("a")
                .thenCancel()
                .verify();
        desk.turn();
        assertThat(discarded).containsExactly("b", "c");
        desk.answer(".d,e");
        assertThat(discarded).containsExactly("b", "c", "d", "e");
        assertThat(desk.wire.pending()).isZero();
    }

    @Test
    void partsThatWaitAfterTheLastFrameAreDiscardedWhenTheSubscriberLeaves() {
        List<Object> discarded = new ArrayList<>();
        StepVerifier.create(desk.wire.exchange(Parts::new).doOnDiscard(String.class, discarded::add), 1)
                .then(() -> desk.turn().answer(".a,b"))
                .expectNext("a")
                .thenCancel()
                .verify();
        desk.turn();
        assertThat(discarded).containsExactly("b");
    }

    @Test
    void demandThatIsNotPositiveIsAnErrorAndTheAnswerIsDrained() {
        Ask ask = new Ask("a");
        StepVerifier.create(desk.wire.exchange(() -> ask), 0)
                .then(desk::turn)
                .then(() -> ask.request(0))
                .then(desk::turn)
                .expectErrorSatisfies(e -> assertThat(e)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("asked for 0 elements"))
                .verify();
        desk.answer("1", ".2");
        assertThat(desk.wire.pending()).isZero();
    }

    @Test
    void demandThatIsNotPositiveBeforeAnythingIsWrittenIsAnErrorAndNothingIsWritten() {
        List<Throwable> errors = new ArrayList<>();
        desk.wire.exchange(() -> new Ask("a")).subscribe(new CoreSubscriber<>() {
            @Override
            public void onSubscribe(Subscription s) {
                s.request(-1);
            }

            @Override
            public void onNext(String value) {}

            @Override
            public void onError(Throwable t) {
                errors.add(t);
            }

            @Override
            public void onComplete() {}
        });
        assertThat(errors).singleElement().isInstanceOf(IllegalArgumentException.class);
        assertThat(desk.questions()).isEmpty();
    }
}
