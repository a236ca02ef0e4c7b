package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

/** What is lost, and what could not be opened. */
class LanesFailureTest extends LanesFixture {

    @Test
    void whatWasNotWrittenGoesToAnotherWire() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD);
        TestSubscriber<Integer> reader = TestSubscriber.create();
        lanes.use(Duration.ZERO, (lane, deadline) -> {
                    if (lane.number == 0) {
                        lane.lose();
                        return Mono.error(lost(Sent.NO));
                    }
                    return Mono.just(lane.number);
                })
                .subscribe(reader);
        assertThat(reader.getReceivedOnNext()).containsExactly(1);
    }

    @Test
    void whatMayHaveRunIsNotRunAgain() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD);
        for (WeirException loss : List.of(
                lost(Sent.MAYBE),
                lost(Sent.ANSWERED),
                WeirException.of(ErrorKind.TIMEOUT, "late").sent(Sent.NO).build())) {
            List<Integer> runs = new ArrayList<>();
            StepVerifier.create(lanes.use(Duration.ZERO, (lane, deadline) -> {
                        runs.add(lane.number);
                        return Mono.error(loss);
                    }))
                    .verifyErrorSatisfies(e -> assertThat(e).isSameAs(loss));
            assertThat(runs).hasSize(1);
        }
    }

    @Test
    void aCallOfSeveralRequestsStaysWhereItBegan() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD);
        List<Integer> runs = new ArrayList<>();
        StepVerifier.create(lanes.stay(Duration.ZERO, (lane, deadline) -> {
                    runs.add(lane.number);
                    return Mono.error(lost(Sent.NO));
                }))
                .verifyError(WeirException.class);
        assertThat(runs).hasSize(1);
    }

    @Test
    void whatHasAnsweredInPartIsNotRunAgain() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD);
        StepVerifier.create(lanes.use(
                        Duration.ZERO, (lane, deadline) -> Flux.just(1).concatWith(Mono.error(lost(Sent.NO)))))
                .expectNext(1)
                .verifyErrorSatisfies(e -> assertThat(e).isInstanceOf(WeirException.class));
    }

    @Test
    void movingHasAnEnd() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD);
        StepVerifier.create(lanes.use(Duration.ZERO, (lane, deadline) -> {
                    lane.lose();
                    return Mono.error(lost(Sent.NO));
                }))
                .verifyError(WeirException.class);
        assertThat(opened).hasSize(4);
    }

    @Test
    void aLostWireIsReplacedForTheNext() {
        Lanes<FakeLane> lanes = lanes(one());
        call(lanes);
        Call waiting = call(lanes);
        opened.get(0).lose();
        assertThat(waiting.lane.number).isEqualTo(1);
    }

    @Test
    void aWireThatIsNoLongerAsItWasGetsNoWorkAndGoesWhenItsLastCallerDoes() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD.withShared(1));
        Call first = call(lanes);
        opened.get(0).fit = false;
        assertThat(call(lanes).lane.number).isEqualTo(1);
        assertThat(opened.get(0).closed).isFalse();
        first.answer.complete();
        call(lanes);
        assertThat(opened.get(0).closed).isTrue();
    }

    @Test
    void whereNoWireCanBeOpenedAllWhoWaitHearWhy() {
        byHand = true;
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD.withShared(2));
        List<Call> calls = calls(lanes, 3);
        WeirException refused =
                WeirException.of(ErrorKind.CONNECT, "nobody there").build();
        attempts.get(0).tryEmitError(refused);
        assertThat(calls).allSatisfy(call -> assertThat(call.error()).isNull());
        attempts.get(1).tryEmitError(refused);
        assertThat(calls).allSatisfy(call -> assertThat(call.error()).isSameAs(refused));
        assertThat(attempts).hasSize(2);
    }

    @Test
    void whereOthersAreAtWorkAFailedTryIsRepeatedWhenTheHostsHaveRested() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD.withShared(1).withPerWire(1));
        call(lanes);
        refusal = WeirException.of(ErrorKind.CONNECT, "full").build();
        rest = Duration.ofSeconds(3);
        Call second = call(lanes);
        time.advanceTimeBy(GRACE);
        refusal = null;
        time.advanceTimeBy(Duration.ofMillis(2_999));
        assertThat(second.runs()).isFalse();
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(second.runs()).isTrue();
    }

    @Test
    void aCallThatThrowsFailsAlone() {
        Lanes<FakeLane> lanes = lanes(one());
        StepVerifier.create(lanes.use(Duration.ZERO, (lane, deadline) -> {
                    throw new IllegalStateException("so it is");
                }))
                .verifyErrorMessage("so it is");
        assertThat(call(lanes).runs()).isTrue();
    }
}
