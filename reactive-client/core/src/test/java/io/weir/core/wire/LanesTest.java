package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

/** Wires of somebody's own, the room that several lanes share, and the end. */
class LanesTest extends LanesFixture {

    // --- wires of one's own ----------------------------------------------------------------------------------------

    @Test
    void aWireOfOnesOwnIsNotShared() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD);
        FakeLane mine = lanes.own(Duration.ZERO).block(SECOND);
        assertThat(call(lanes).lane).isNotSameAs(mine);
        assertThat(lanes.wires()).isEqualTo(2);
        mine.close().block(SECOND);
        assertThat(lanes.wires()).isEqualTo(1);
    }

    @Test
    void aSharedWireThatNobodyUsesGivesWay() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD.withShared(2).withMost(3));
        calls(lanes, 2).forEach(call -> call.answer.complete());
        lanes.own(Duration.ZERO).block(SECOND);
        lanes.own(Duration.ZERO).block(SECOND);
        assertThat(lanes.wires()).isEqualTo(3);
        assertThat(opened.stream().filter(lane -> lane.closed)).hasSize(1);
    }

    @Test
    void oneWireIsLeftToTheOthers() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD.withShared(1).withMost(3));
        FakeLane first = lanes.own(Duration.ZERO).block(SECOND);
        lanes.own(Duration.ZERO).block(SECOND);
        TestSubscriber<FakeLane> third = TestSubscriber.create();
        lanes.own(Duration.ZERO).subscribe(third);
        assertThat(call(lanes).runs()).isTrue();
        assertThat(third.getReceivedOnNext()).isEmpty();
        first.close().block(SECOND);
        assertThat(third.getReceivedOnNext()).hasSize(1);
    }

    @Test
    void whoWaitsForAWireOfHisOwnHearsOfTheOverloadToo() {
        Lanes<FakeLane> lanes = lanes(one());
        lanes.own(Duration.ZERO).block(SECOND);
        TestSubscriber<FakeLane> second = TestSubscriber.create();
        lanes.own(Duration.ofMillis(5)).subscribe(second);
        time.advanceTimeBy(Duration.ofMillis(5));
        assertThat(second.expectTerminalError()).hasMessageContaining("maxWires=1");
    }

    @Test
    void aWireOfOnesOwnThatIsOnItsWayIsGivenUpByWhoLeaves() {
        byHand = true;
        Lanes<FakeLane> lanes = lanes(one());
        TestSubscriber<FakeLane> gone = TestSubscriber.create();
        lanes.own(Duration.ZERO).subscribe(gone);
        assertThat(attempts.get(0).currentSubscriberCount()).isEqualTo(1);
        gone.cancel();
        assertThat(attempts.get(0).currentSubscriberCount()).isZero();
        assertThat(lanes.wires()).isZero();
    }

    // --- room ------------------------------------------------------------------------------------------------------

    @Test
    void lanesThatShareARoomHaveNoMoreThanItTogether() {
        Room room = new Room(3);
        Lanes<FakeLane> first = lanes(LaneSettings.STANDARD.withShared(2).withMost(3), room);
        Lanes<FakeLane> second = lanes(LaneSettings.STANDARD.withShared(2).withMost(3), room);
        calls(first, 2);
        calls(second, 2);
        assertThat(first.wires()).isEqualTo(2);
        assertThat(second.wires()).isEqualTo(1);

        StepVerifier.create(first.close()).verifyComplete();
        call(second);
        assertThat(second.wires()).as("what was given back is used by others").isEqualTo(2);
    }

    @Test
    void whoLeavesPlacesToOthersGetsNoneOfTheLast() {
        Room room = new Room(2);
        Lanes<FakeLane> modest = lanes(LaneSettings.STANDARD.withShared(2).withMost(2), room.leaving(1));
        calls(modest, 2);
        assertThat(modest.wires()).isEqualTo(1);
        Lanes<FakeLane> usual = lanes(LaneSettings.STANDARD.withShared(2).withMost(2), room);
        assertThat(call(usual).runs()).isTrue();
    }

    @Test
    void aCallerWhoWaitsForRoomGetsItWhenOthersGiveItBack() {
        Room room = new Room(1);
        Lanes<FakeLane> first = lanes(LaneSettings.STANDARD.withShared(1).withMost(1), room);
        call(first);
        Lanes<FakeLane> second = lanes(LaneSettings.STANDARD.withShared(1).withMost(1), room);
        Call waits = call(second);
        assertThat(waits.runs()).isFalse();
        StepVerifier.create(first.close()).verifyComplete();
        assertThat(waits.runs()).isTrue();
    }

    // --- the end ---------------------------------------------------------------------------------------------------

    @Test
    void closingEndsAllWiresAndAllWhoWait() {
        Lanes<FakeLane> lanes =
                lanes(LaneSettings.STANDARD.withShared(1).withMost(2).withPerWire(1));
        call(lanes);
        FakeLane mine = lanes.own(Duration.ZERO).block(SECOND);
        Call waiting = call(lanes);
        StepVerifier.create(lanes.close()).verifyComplete();
        assertThat(opened).allSatisfy(lane -> assertThat(lane.closed).isTrue());
        assertThat(mine.closed).isTrue();
        assertThat(waiting.error()).hasMessageContaining("client of toys was closed");
        assertThat(call(lanes).error()).hasMessageContaining("client of toys was closed");
        StepVerifier.create(lanes.onClose()).verifyComplete();
        StepVerifier.create(lanes.close()).verifyComplete();
    }

    @Test
    void aWireThatComesAfterTheEndIsClosedAndOneThatIsOnItsWayIsGivenUp() {
        byHand = true;
        Lanes<FakeLane> lanes = lanes(one());
        Call call = call(lanes);
        StepVerifier.create(lanes.close()).verifyComplete();
        assertThat(attempts.get(0).currentSubscriberCount()).isZero();
        assertThat(call.error()).hasMessageContaining("was closed");
    }

    @Test
    void whoBlocksInHisOwnCallbackKeepsNobodyElseWaiting() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD);
        Integer other = lanes.use(Duration.ZERO, (lane, deadline) -> Mono.just(lane.number))
                .map(number -> lanes.use(Duration.ZERO, (another, deadline) -> Mono.just(7))
                        .blockLast(SECOND))
                .blockLast(SECOND);
        assertThat(other).isEqualTo(7);
    }
}
