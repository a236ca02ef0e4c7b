package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

class LanesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration GRACE = LaneSettings.STANDARD.grace();
    private static final long LONG = TimeUnit.SECONDS.toNanos(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<FakeLane> opened = new ArrayList<>();
    private final List<Sinks.One<FakeLane>> attempts = new ArrayList<>();
    private boolean byHand;
    private @Nullable WeirException refusal;
    private Duration rest = Duration.ZERO;

    @AfterEach
    void stopTime() {
        time.dispose();
    }

    // --- choosing -------------------------------------------------------------------------------------------------

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

    // --- hosts ----------------------------------------------------------------------------------------------------

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

    // --- waiting --------------------------------------------------------------------------------------------------

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

    // --- failing --------------------------------------------------------------------------------------------------

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

    // --- wires of one's own ---------------------------------------------------------------------------------------

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

    // --- the end --------------------------------------------------------------------------------------------------

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

    // --- tools ----------------------------------------------------------------------------------------------------

    private static LaneSettings one() {
        return LaneSettings.STANDARD.withShared(1).withMost(1).withPerWire(1);
    }

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

    private Lanes<FakeLane> lanes(LaneSettings settings) {
        return lanes(settings, new Room(settings.most()));
    }

    private Lanes<FakeLane> lanes(LaneSettings settings, Room room) {
        Mono<FakeLane> open = Mono.defer(() -> {
            if (refusal != null) {
                return Mono.error(refusal);
            }
            if (byHand) {
                Sinks.One<FakeLane> attempt = Sinks.one();
                attempts.add(attempt);
                return attempt.asMono();
            }
            return Mono.just(fresh());
        });
        return new Lanes<>(
                "toy",
                "client of toys",
                settings,
                room,
                open,
                () -> rest,
                () -> time.now(TimeUnit.NANOSECONDS),
                (nanos, task) -> time.schedule(task, nanos, TimeUnit.NANOSECONDS));
    }

    private FakeLane fresh() {
        FakeLane lane = new FakeLane(opened.size());
        opened.add(lane);
        return lane;
    }

    private void come(int attempt) {
        attempts.get(attempt).tryEmitValue(fresh());
    }

    private static WeirException lost(Sent sent) {
        return WeirException.of(ErrorKind.CLOSED, "lost").sent(sent).build();
    }

    private static Call call(Lanes<FakeLane> lanes) {
        return new Call(lanes, Duration.ZERO);
    }

    private static List<Call> calls(Lanes<FakeLane> lanes, int count) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(call(lanes));
        }
        return calls;
    }

    /** A call that is answered when the test says so. */
    private static final class Call {
        final TestPublisher<Integer> answer = TestPublisher.create();
        final TestSubscriber<Integer> reader = TestSubscriber.create();

        @Nullable FakeLane lane;

        private @Nullable Deadline deadline;

        Call(Lanes<FakeLane> lanes, Duration limit) {
            lanes.use(limit, (chosen, until) -> {
                        lane = chosen;
                        deadline = until;
                        return answer;
                    })
                    .subscribe(reader);
        }

        Duration left() {
            return Objects.requireNonNull(deadline, "It does not run").left();
        }

        boolean runs() {
            return lane != null;
        }

        @Nullable Throwable error() {
            return reader.isTerminatedError() ? reader.expectTerminalError() : null;
        }
    }
}
