package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Callers on several threads who come, leave, get answers and lose wires as chance will have it. */
class LanesRandomTest {

    private static final int THREADS = 4;
    private static final int CALLS = 400;
    private static final LaneSettings SETTINGS =
            LaneSettings.STANDARD.withShared(2).withMost(5).withPerWire(3).withPatience(Duration.ZERO);

    private final AtomicInteger numbers = new AtomicInteger();
    private final Queue<FakeLane> all = new ConcurrentLinkedQueue<>();
    private final AtomicInteger mostOpen = new AtomicInteger();

    @RepeatedTest(10)
    void everybodyIsServedOnceAndNoWireHasMoreThanItMay(RepetitionInfo repetition) throws Exception {
        Scheduler answers = Schedulers.newParallel("lanes-answers", 2, true);
        Lanes<FakeLane> lanes = new Lanes<>(
                "toy",
                "client of toys",
                SETTINGS,
                Mono.fromSupplier(this::open).subscribeOn(answers),
                () -> Duration.ZERO,
                System::nanoTime,
                (nanos, task) -> answers.schedule(task, nanos, TimeUnit.NANOSECONDS));
        CountDownLatch ended = new CountDownLatch(THREADS * CALLS);
        Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Random random = new Random(repetition.getCurrentRepetition() * 100L + t);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < CALLS; i++) {
                    oneCall(lanes, random.nextInt(100), random.nextInt(1000), answers, ended, wrong);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(ended.await(20, TimeUnit.SECONDS))
                .as("all ended, %s are left; %s wait", ended.getCount(), lanes.waiting())
                .isTrue();
        assertThat(wrong).isEmpty();
        assertThat(mostOpen.get()).isLessThanOrEqualTo(SETTINGS.most());
        lanes.close().block(Duration.ofSeconds(5));
        assertThat(all).allMatch(lane -> !lane.isFit());
        answers.dispose();
    }

    private FakeLane open() {
        FakeLane lane = new FakeLane(numbers.getAndIncrement());
        all.add(lane);
        long open = all.stream().filter(FakeLane::isFit).count();
        mostOpen.accumulateAndGet((int) open, Math::max);
        return lane;
    }

    private void oneCall(
            Lanes<FakeLane> lanes,
            int kind,
            int micros,
            Scheduler answers,
            CountDownLatch ended,
            Queue<Throwable> wrong) {
        if (kind < 10) {
            lanes.own(Duration.ZERO)
                    .flatMap(lane ->
                            Mono.delay(Duration.ofNanos(micros * 100L), answers).then(lane.close()))
                    .doOnError(wrong::add)
                    .doFinally(end -> ended.countDown())
                    .subscribe(nothing -> {}, e -> {});
            return;
        }
        AtomicBoolean losesItsWire = new AtomicBoolean(kind == 99);
        Disposable call = lanes.use(
                        Duration.ZERO,
                        (lane, deadline) -> answer(lane, losesItsWire.getAndSet(false), micros, answers, wrong))
                .doOnError(wrong::add)
                .doFinally(end -> ended.countDown())
                .subscribe(value -> {}, e -> {});
        if (kind < 40) {
            answers.schedule(call::dispose, micros, TimeUnit.MICROSECONDS);
        }
    }

    private static Flux<Integer> answer(
            FakeLane lane, boolean loses, int micros, Scheduler answers, Queue<Throwable> wrong) {
        if (loses) {
            lane.lose();
            return Flux.error(
                    WeirException.of(ErrorKind.CLOSED, "lost").sent(Sent.NO).build());
        }
        return Flux.defer(() -> {
            if (lane.pending.incrementAndGet() > SETTINGS.perWire()) {
                wrong.add(new AssertionError("too many calls on " + lane));
            }
            AtomicBoolean over = new AtomicBoolean();
            Runnable end = () -> {
                if (over.compareAndSet(false, true)) {
                    lane.pending.decrementAndGet();
                }
            };
            // Not doFinally: the answer is over before its reader hears so.
            return Mono.delay(Duration.ofNanos(micros * 100L), answers)
                    .map(tick -> lane.number)
                    .flux()
                    .doOnTerminate(end)
                    .doOnCancel(end);
        });
    }
}
