package io.weir.sample.telemetry;

import java.time.Clock;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The whole sample as one publisher: make the table, load history, stream, and show all of it. */
final class Telemetry {

    /** One for each live stream, and one for good measure. */
    static final int CONNECTIONS = 4;

    private static final long SEED = 2026;

    private final SampleOptions options;
    private final Display display;
    private final Clock clock = Clock.systemUTC();
    private final Plant plant = new Plant(SEED);
    private final Board board;

    Telemetry(SampleOptions options, Display display) {
        this.options = options;
        this.display = display;
        this.board = new Board(plant.machines(), options.rows(), MemoryUse.ofThisJvm(), System.nanoTime());
    }

    /**
     * Runs until the publisher {@code stop} signals, or the time is up.
     *
     * @param store best over a pool of {@link #CONNECTIONS}: so many are used at a time
     */
    Mono<Void> run(Store store, Mono<Void> stop) {
        Mono<Void> work = work(store).takeUntilOther(stop);
        return Mono.using(
                () -> Schedulers.newSingle("terminal", true),
                terminal -> frames(Flux.interval(Duration.ZERO, display.pace()), terminal)
                        .takeUntilOther(work)
                        .then(),
                Scheduler::dispose);
    }

    /** What stands there now. */
    Snapshot snapshot() {
        return board.snapshot(System.nanoTime());
    }

    private Mono<Void> work(Store store) {
        return Mono.defer(() -> {
            long historyEnd = clock.millis();
            Mono<Void> live = new LiveStream(plant, store, board, clock).run(historyEnd);
            return store.create()
                    .thenMany(load(store, historyEnd))
                    .doOnNext(rows -> board.loaded(rows, System.nanoTime()))
                    .then(options.seconds() == 0 ? live : live.takeUntilOther(Mono.delay(seconds())));
        });
    }

    private Flux<Long> load(Store store, long historyEnd) {
        return new Loader(plant, store)
                .load(options.rows(), historyEnd)
                .doOnSubscribe(subscription -> board.loadBegins(System.nanoTime()));
    }

    private Duration seconds() {
        return Duration.ofSeconds(options.seconds());
    }

    /** Writing to a terminal blocks, so it has a thread of its own; a slow one misses pictures, and nothing piles up. */
    Flux<Snapshot> frames(Flux<Long> ticks, Scheduler terminal) {
        return ticks.onBackpressureDrop()
                .publishOn(terminal, 1)
                .map(tick -> snapshot())
                .doOnNext(display::show);
    }
}
