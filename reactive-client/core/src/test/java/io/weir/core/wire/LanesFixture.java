package io.weir.core.wire;

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
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

/** Lanes over wires that are as busy as the test says, by a clock that stands still until it is moved. */
abstract class LanesFixture {

    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration GRACE = LaneSettings.STANDARD.grace();
    static final long LONG = TimeUnit.SECONDS.toNanos(1);

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final List<FakeLane> opened = new ArrayList<>();
    final List<Sinks.One<FakeLane>> attempts = new ArrayList<>();
    boolean byHand;

    @Nullable WeirException refusal;

    Duration rest = Duration.ZERO;

    @AfterEach
    void stopTime() {
        time.dispose();
    }

    static LaneSettings one() {
        return LaneSettings.STANDARD.withShared(1).withMost(1).withPerWire(1);
    }

    Lanes<FakeLane> lanes(LaneSettings settings) {
        return lanes(settings, new Room(settings.most()));
    }

    Lanes<FakeLane> lanes(LaneSettings settings, Room room) {
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

    FakeLane fresh() {
        FakeLane lane = new FakeLane(opened.size());
        opened.add(lane);
        return lane;
    }

    void come(int attempt) {
        attempts.get(attempt).tryEmitValue(fresh());
    }

    static WeirException lost(Sent sent) {
        return WeirException.of(ErrorKind.CLOSED, "lost").sent(sent).build();
    }

    static Call call(Lanes<FakeLane> lanes) {
        return new Call(lanes, Duration.ZERO);
    }

    static List<Call> calls(Lanes<FakeLane> lanes, int count) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(call(lanes));
        }
        return calls;
    }

    /** A call that is answered when the test says so. */
    static final class Call {
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
