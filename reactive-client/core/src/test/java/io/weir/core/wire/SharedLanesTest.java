package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

/** Which shared wire takes the next call, and which ones go. */
class SharedLanesTest extends LanesFixture {

    // --- choosing --------------------------------------------------------------------------------------------------

    @Test
    void callersOneAfterTheOtherShareOneWire() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD);
        for (int i = 0; i < 10; i++) {
            StepVerifier.create(lanes.use(Duration.ZERO, (lane, deadline) -> Mono.just(lane.number)))
                    .expectNext(0)
                    .verifyComplete();
        }
        assertThat(opened).hasSize(1);
    }

    @Test
    void callersAtOnceSpreadOverTheSharedWiresAndOpenNoMore() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD);
        List<Call> calls = calls(lanes, 12);
        assertThat(opened).hasSize(4);
        assertThat(calls)
                .extracting(call -> call.lane.number)
                .containsExactlyInAnyOrder(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3);
    }

    @Test
    void theWireWithTheLeastWorkIsNextAlsoIfItsWorkIsWhatNobodyWaitsFor() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD.withShared(2));
        calls(lanes, 2);
        opened.get(0).pending.set(5);
        assertThat(call(lanes).lane.number).isEqualTo(1);
        assertThat(call(lanes).lane.number).isEqualTo(1);
    }

    @Test
    void nothingHappensBeforeTheFirstDemand() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD);
        TestSubscriber<Integer> reader =
                TestSubscriber.builder().initialRequest(0).build();
        lanes.use(Duration.ZERO, (lane, deadline) -> Mono.just(lane.number)).subscribe(reader);
        assertThat(opened).isEmpty();
        reader.request(1);
        assertThat(reader.getReceivedOnNext()).containsExactly(0);
    }

    @Test
    void aWireWhoseTurnTakesLongGetsNoNewWorkAndAnotherOneIsOpened() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD.withShared(1));
        call(lanes);
        opened.get(0).headAge = LONG;
        Call second = call(lanes);
        time.advanceTimeBy(Duration.ofMillis(19));
        assertThat(second.runs()).isFalse();
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(second.lane.number).isEqualTo(1);
        opened.get(0).free();
        opened.get(1).headAge = LONG;
        assertThat(call(lanes).lane.number).isZero();
    }

    @Test
    void aWireThatAReaderHoldsBackGetsNoNewWork() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD.withShared(1));
        call(lanes);
        opened.get(0).heldBack = true;
        Call second = call(lanes);
        time.advanceTimeBy(GRACE);
        assertThat(second.lane.number).isEqualTo(1);
    }

    @Test
    void aWireTakesNoMoreCallsThanItMay() {
        Lanes<FakeLane> lanes =
                lanes(LaneSettings.STANDARD.withShared(1).withMost(2).withPerWire(3));
        List<Call> calls = calls(lanes, 7);
        time.advanceTimeBy(GRACE);
        assertThat(calls.stream().filter(Call::runs).map(call -> call.lane.number))
                .containsExactly(0, 0, 0, 1, 1, 1);
        assertThat(lanes.waiting()).isEqualTo(1);
        calls.get(4).answer.complete();
        assertThat(calls.get(6).lane.number).isEqualTo(1);
    }

    @Test
    void manyAreOpenedAtOnceButNotOneForEachWhoWaits() {
        byHand = true;
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD);
        List<Call> calls = calls(lanes, 64);
        assertThat(attempts).hasSize(4);
        come(0);
        assertThat(calls.stream().filter(Call::runs)).hasSize(32);
        come(1);
        assertThat(calls.stream().filter(Call::runs)).hasSize(64);
        assertThat(attempts).hasSize(4);
    }

    @Test
    void wiresBeyondTheUsualNumberGoWhenNobodyHasUsedThemForAWhile() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD.withShared(1).withPerWire(1));
        List<Call> calls = calls(lanes, 3);
        time.advanceTimeBy(GRACE);
        calls.subList(1, 3).forEach(call -> call.answer.complete());
        time.advanceTimeBy(Duration.ofSeconds(29));
        assertThat(lanes.wires()).isEqualTo(3);
        time.advanceTimeBy(Duration.ofSeconds(32));
        assertThat(opened).extracting(lane -> lane.closed).containsExactly(false, true, true);
        assertThat(lanes.wires()).isEqualTo(1);
    }

    // --- hosts -----------------------------------------------------------------------------------------------------

    private static final Endpoint A = new Endpoint("a", 1);
    private static final Endpoint B = new Endpoint("b", 1);

    @Test
    void aHostThatIsBackGetsItsShareAndNoCallIsDisturbed() {
        Endpoints endpoints = Endpoints.of(List.of(A, B), Endpoints.Choice.LEAST_CONNECTIONS);
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD);
        List<Call> calls = calls(lanes, 12);
        opened.forEach(lane -> lane.endpoint = A);
        calls.stream().filter(call -> call.lane.number == 3).forEach(call -> call.answer.complete());
        lanes.balance(endpoints);
        assertThat(opened).extracting(lane -> lane.closed).containsExactly(false, false, false, true);
        calls.stream().filter(call -> call.lane.number != 3).forEach(call -> call.answer.complete());
        calls(lanes, 12);
        // The one that was idle, and one that was busy when it was given up.
        assertThat(opened.stream().filter(lane -> lane.closed)).hasSize(2);
        assertThat(lanes.wires()).isEqualTo(4);
    }

    @Test
    void nothingIsMovedWhereHostsAreEvenOrHaveFailed() {
        Endpoints endpoints = Endpoints.of(List.of(A, B), Endpoints.Choice.ROUND_ROBIN);
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD.withShared(3));
        calls(lanes, 12).forEach(call -> call.answer.complete());
        opened.get(0).endpoint = A;
        opened.get(1).endpoint = B;
        opened.get(2).endpoint = B;
        lanes.balance(endpoints);
        opened.get(0).endpoint = B;
        endpoints.backoff(A).failed(new IllegalStateException("broken"));
        lanes.balance(endpoints);
        assertThat(opened).noneMatch(lane -> lane.closed);
        endpoints.backoff(A).succeeded();
        lanes.balance(endpoints);
        assertThat(opened.stream().filter(lane -> lane.closed)).hasSize(1);
    }

    @Test
    void whereHostsAreTriedInOrderAllMoveToTheFirst() {
        Endpoints endpoints = Endpoints.of(List.of(A, B), Endpoints.Choice.IN_ORDER);
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD.withShared(2));
        calls(lanes, 12).forEach(call -> call.answer.complete());
        opened.get(0).endpoint = A;
        opened.get(1).endpoint = B;
        lanes.balance(endpoints);
        assertThat(opened).extracting(lane -> lane.closed).containsExactly(false, true);
    }
}
