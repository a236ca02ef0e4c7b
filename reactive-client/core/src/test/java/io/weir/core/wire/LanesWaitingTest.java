package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;
import reactor.test.subscriber.TestSubscriber;

/** Who finds no wire waits: in order, within his limit, and as long as he stays. */
class LanesWaitingTest extends LanesFixture {

    @Test
    void whoComesFirstIsServedFirst() {
        Lanes<FakeLane> lanes = lanes(one());
        Call first = call(lanes);
        Call second = call(lanes);
        Call third = call(lanes);
        first.answer.complete();
        assertThat(second.runs()).isTrue();
        assertThat(third.runs()).isFalse();
        second.answer.complete();
        assertThat(third.runs()).isTrue();
    }

    @Test
    void whoWaitsIsServedAsSoonAsATurnIsOver() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD.withShared(1).withMost(1));
        call(lanes);
        opened.get(0).headAge = LONG;
        Call second = call(lanes);
        assertThat(second.runs()).isFalse();
        opened.get(0).free();
        assertThat(second.runs()).isTrue();
    }

    @Test
    void whoWaitsTooLongHearsOfTheFiguresAndTheOptions() {
        Lanes<FakeLane> lanes = lanes(one());
        call(lanes);
        Call second = call(lanes);
        time.advanceTimeBy(Duration.ofMillis(9_999));
        assertThat(second.error()).isNull();
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(second.error())
                .isInstanceOfSatisfying(WeirException.class, e -> {
                    assertThat(e.kind()).isEqualTo(ErrorKind.OVERLOAD);
                    assertThat(e.sent()).isEqualTo(Sent.NO);
                })
                .hasMessageContainingAll("10000 ms", "client of toys", "maxWires=1", "sharedWires=1", "waitTimeout");
        assertThat(lanes.waiting()).isZero();
    }

    @Test
    void aCallersOwnLimitCountsIfItIsTheShorterOne() {
        Lanes<FakeLane> lanes = lanes(one());
        call(lanes);
        Call hasty = new Call(lanes, SECOND);
        Call patient = new Call(lanes, Duration.ofHours(1));
        time.advanceTimeBy(SECOND);
        assertThat(hasty.error()).hasMessageContaining("1000 ms");
        assertThat(patient.error()).isNull();
        time.advanceTimeBy(Duration.ofSeconds(9));
        assertThat(patient.error()).hasMessageContaining("10000 ms");
    }

    @Test
    void whatACallWaitsForAWireIsTakenFromItsLimit() {
        Lanes<FakeLane> lanes = lanes(one());
        Call first = call(lanes);
        Call second = new Call(lanes, SECOND);
        time.advanceTimeBy(Duration.ofMillis(300));
        first.answer.complete();
        assertThat(second.left()).isEqualTo(Duration.ofMillis(700));
        time.advanceTimeBy(Duration.ofMillis(200));
        assertThat(second.left()).isEqualTo(Duration.ofMillis(500));
        assertThat(first.left()).as("no limit stays none").isZero();
    }

    @Test
    void theLimitCountsFromTheSubscriptionAndThePatienceFromTheFirstDemand() {
        Lanes<FakeLane> lanes = lanes(one());
        Call first = call(lanes);
        TestSubscriber<Duration> late =
                TestSubscriber.builder().initialRequest(0).build();
        TestSubscriber<Duration> tooLate =
                TestSubscriber.builder().initialRequest(0).build();
        lanes.use(Duration.ofSeconds(30), (lane, deadline) -> Mono.just(deadline.left()))
                .subscribe(late);
        lanes.use(SECOND, (lane, deadline) -> Mono.just(deadline.left())).subscribe(tooLate);
        time.advanceTimeBy(Duration.ofSeconds(15));
        late.request(1);
        tooLate.request(1);
        time.advanceTimeBy(Duration.ofSeconds(9));
        assertThat(tooLate.expectTerminalError()).hasMessageContaining("waitTimeout");
        first.answer.complete();
        assertThat(late.getReceivedOnNext()).containsExactly(Duration.ofSeconds(6));
    }

    @Test
    void aCallThatIsMovedHasNoMoreTimeThanBefore() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD);
        List<Duration> left = new ArrayList<>();
        TestSubscriber<Integer> reader = TestSubscriber.create();
        lanes.use(SECOND, (lane, deadline) -> {
                    left.add(deadline.left());
                    if (lane.number == 0) {
                        time.advanceTimeBy(Duration.ofMillis(400));
                        lane.lose();
                        return Mono.error(lost(Sent.NO));
                    }
                    return Mono.just(lane.number);
                })
                .subscribe(reader);
        assertThat(left).containsExactly(SECOND, Duration.ofMillis(600));
        assertThat(reader.getReceivedOnNext()).containsExactly(1);
    }

    @Test
    void aCallWhoseTimeIsOverWhenItIsMovedIsNotMade() {
        Lanes<FakeLane> lanes = lanes(LaneSettings.STANDARD);
        List<Integer> runs = new ArrayList<>();
        TestSubscriber<Integer> reader = TestSubscriber.create();
        lanes.use(SECOND, (lane, deadline) -> {
                    runs.add(lane.number);
                    time.advanceTimeBy(Duration.ofSeconds(2));
                    lane.lose();
                    return Mono.<Integer>error(lost(Sent.NO));
                })
                .subscribe(reader);
        assertThat(runs).hasSize(1);
        assertThat(((WeirException) reader.expectTerminalError()).sent()).isEqualTo(Sent.NO);
    }

    @Test
    void withoutALimitOneWaitsAsLongAsItTakes() {
        Lanes<FakeLane> lanes = lanes(one().withPatience(Duration.ZERO));
        Call first = call(lanes);
        Call second = call(lanes);
        time.advanceTimeBy(Duration.ofDays(1));
        assertThat(second.error()).isNull();
        first.answer.complete();
        assertThat(second.runs()).isTrue();
    }

    @Test
    void whoLeavesWhileHisCallIsBeingMadeKeepsHisPlaceUntilItHasBeen() {
        Lanes<FakeLane> lanes = lanes(one());
        Call before = call(lanes);
        TestSubscriber<Integer> reader = TestSubscriber.create();
        TestPublisher<Integer> answer = TestPublisher.create();
        List<Boolean> behindHimRuns = new ArrayList<>();
        List<Call> behindHim = new ArrayList<>();
        lanes.use(Duration.ZERO, (lane, deadline) -> {
                    reader.cancel();
                    behindHimRuns.add(behindHim.get(0).runs());
                    return answer;
                })
                .subscribe(reader);
        behindHim.add(call(lanes));
        before.answer.complete();
        assertThat(behindHimRuns).containsExactly(false);
        answer.assertCancelled();
        assertThat(behindHim.get(0).runs()).isTrue();
    }

    @Test
    void whoLeavesWaitsNoLongerAndNeverRuns() {
        Lanes<FakeLane> lanes = lanes(one());
        Call first = call(lanes);
        Call second = call(lanes);
        second.reader.cancel();
        assertThat(lanes.waiting()).isZero();
        first.answer.complete();
        assertThat(second.runs()).isFalse();
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(second.error()).isNull();
    }

    @Test
    void whoCancelsGivesHisPlaceBack() {
        Lanes<FakeLane> lanes = lanes(one());
        Call first = call(lanes);
        Call second = call(lanes);
        first.reader.cancel();
        first.answer.assertCancelled();
        assertThat(second.runs()).isTrue();
    }

    @Test
    void demandOfThoseWhoWaitReachesTheAnswer() {
        Lanes<FakeLane> lanes = lanes(one());
        Call first = call(lanes);
        TestSubscriber<Integer> reader =
                TestSubscriber.builder().initialRequest(0).build();
        lanes.use(Duration.ZERO, (lane, deadline) -> Flux.range(0, 100)).subscribe(reader);
        reader.request(2);
        reader.request(3);
        first.answer.complete();
        assertThat(reader.getReceivedOnNext()).containsExactly(0, 1, 2, 3, 4);
        reader.request(1);
        assertThat(reader.getReceivedOnNext()).hasSize(6);
    }

    @Test
    void aDemandOfNothingIsAnError() {
        Lanes<FakeLane> lanes = lanes(one());
        TestSubscriber<Integer> reader =
                TestSubscriber.builder().initialRequest(0).build();
        lanes.use(Duration.ZERO, (lane, deadline) -> Flux.range(0, 100)).subscribe(new BaseSubscriber<Integer>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                reader.onSubscribe(subscription);
                subscription.request(0);
            }

            @Override
            protected void hookOnError(Throwable error) {
                reader.onError(error);
            }
        });
        assertThat(reader.expectTerminalError()).hasMessageContaining("3.9");
    }
}
