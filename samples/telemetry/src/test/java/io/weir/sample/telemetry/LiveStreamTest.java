package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class LiveStreamTest {

    private static final int MACHINES = 12;

    private final Memory memory = new Memory();
    private VirtualTimeScheduler time;
    private Board board;
    private LiveStream live;

    @BeforeEach
    void setUp() {
        time = VirtualTimeScheduler.getOrSet();
        Plant plant = new Plant(1);
        board = new Board(plant.machines(), 1, MemoryUse.ofThisJvm(), 0);
        live = new LiveStream(plant, memory, board, new VirtualClock(time));
    }

    @AfterEach
    void tearDown() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void whatTheMachinesSayIsWrittenOnceAndReadBackOnce() {
        Disposable running = live.run(0).subscribe();
        time.advanceTimeBy(Duration.ofSeconds(2));
        running.dispose();

        long written = board.snapshot(0).written().total();
        assertThat(written).isEqualTo(MACHINES * 2_000L / Plant.STEP);
        assertThat(memory.written).hasSize((int) written).doesNotHaveDuplicates();
        assertThat(memory.read).isEqualTo(memory.written.subList(0, memory.read.size()));
        // What the last tick wrote may still have to be read.
        assertThat(memory.read.size()).isBetween((int) written - MACHINES * 100 / Plant.STEP, (int) written);
        assertThat(board.snapshot(0).machines()).hasSize(MACHINES);
    }

    @Test
    void aSlowDatabaseGetsOneInsertAtATimeAndWhatItMissedInTheNext() {
        memory.insertTakes = Duration.ofSeconds(1);
        Disposable running = live.run(0).subscribe();
        time.advanceTimeBy(Duration.ofMillis(5_500));
        running.dispose();

        assertThat(memory.mostInsertsAtATime).isEqualTo(1);
        assertThat(memory.written).doesNotHaveDuplicates();
        assertThat(board.snapshot(0).written().total()).isGreaterThan(MACHINES * 3_500L / Plant.STEP);
    }

    @Test
    void afterAVerySlowInsertOnlyTheLastTwoSecondsAreMadeUpFor() {
        memory.insertTakes = Duration.ofMinutes(1);
        Disposable running = live.run(0).subscribe();
        time.advanceTimeBy(Duration.ofSeconds(62));
        running.dispose();

        assertThat(memory.largestInsert).isEqualTo(MACHINES * 2_000 / Plant.STEP);
    }

    @Test
    void theReplayAsksForNoMoreThanItPassesOn() {
        Disposable running = live.run(0).subscribe();
        time.advanceTimeBy(Duration.ofMillis(100));
        long after100Millis = memory.replayAsked;
        time.advanceTimeBy(Duration.ofMillis(100));
        long after200Millis = memory.replayAsked;
        running.dispose();

        // 500 rows every 10 ms, and at most two portions ahead.
        assertThat(after100Millis).isBetween(5_000L, 6_000L);
        assertThat(after200Millis - after100Millis).isEqualTo(5_000L);
        assertThat(memory.replayCancelled).isTrue();
    }

    @Test
    void anErrorOfOneStreamEndsAll() {
        memory.readFails = true;

        StepVerifier.create(live.run(0))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .verifyErrorMessage("read");
        assertThat(memory.replayCancelled).isTrue();
    }

    /** Keeps what is written; history never ends, and comes as fast as it is asked for. */
    private static final class Memory implements Readings {

        private final List<Reading> written = new ArrayList<>();
        private final List<Reading> read = new ArrayList<>();
        private Duration insertTakes = Duration.ZERO;
        private boolean readFails;
        private int insertsNow;
        private int mostInsertsAtATime;
        private int largestInsert;
        private long replayAsked;
        private boolean replayCancelled;

        @Override
        public Mono<Long> insert(List<Reading> readings) {
            insertsNow++;
            mostInsertsAtATime = Math.max(mostInsertsAtATime, insertsNow);
            largestInsert = Math.max(largestInsert, readings.size());
            Mono<Long> done = Mono.fromSupplier(() -> {
                insertsNow--;
                written.addAll(readings);
                return (long) readings.size();
            });
            return insertTakes.isZero() ? done : Mono.delay(insertTakes).then(done);
        }

        @Override
        public Flux<Reading> between(long after, long until) {
            if (readFails) {
                return Flux.error(new IllegalStateException("read"));
            }
            List<Reading> found = written.stream()
                    .filter(reading -> reading.time() > after && reading.time() <= until)
                    .toList();
            return Flux.fromIterable(found).doOnNext(read::add);
        }

        @Override
        public Flux<Reading> upTo(long until) {
            Reading any = new Reading(until, "press-01", 1, 1, 1, "idle");
            return Flux.<Reading>generate(sink -> sink.next(any))
                    .doOnRequest(n -> replayAsked += n)
                    .doOnCancel(() -> replayCancelled = true);
        }
    }

    private static final class VirtualClock extends Clock {

        private final VirtualTimeScheduler time;

        private VirtualClock(VirtualTimeScheduler time) {
            this.time = time;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
