package io.weir.sample.telemetry;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Three streams over one pool, until they are cancelled: what the machines say is written, what was written is read
 * back, and history is replayed by a reader that takes his time.
 *
 * <p>No stream runs ahead of the next stage: a tick that finds the one before it still at work is dropped, and the
 * replay asks for rows only when it has passed the last ones on, so that the server waits for the reader.
 */
final class LiveStream {

    private static final Duration TICK = Duration.ofMillis(100);

    /** What a slow server may leave behind is not caught up with in one statement beyond this. */
    private static final long MAX_CATCH_UP = 2_000;

    private static final int REPLAY_ROWS = 500;
    private static final Duration REPLAY_PAUSE = Duration.ofMillis(10);

    private final Plant plant;
    private final Readings store;
    private final Board board;
    private final Clock clock;

    /** The moment up to which all readings are in the database; written by one stream, read by another. */
    private volatile long written;

    /** The moment up to which they have been read back. */
    private long read;

    LiveStream(Plant plant, Readings store, Board board, Clock clock) {
        this.plant = plant;
        this.store = store;
        this.board = board;
        this.clock = clock;
    }

    /** Never completes; an error of one stream ends all. */
    Mono<Void> run(long historyEnd) {
        return Mono.defer(() -> {
            written = Plant.momentUpTo(clock.millis());
            read = written;
            return Flux.merge(write(), readBack(), replay(historyEnd)).then();
        });
    }

    private Flux<Long> write() {
        return ticks().concatMap(tick -> Mono.defer(this::writeNew), 1).doOnNext(board::written);
    }

    private Mono<Long> writeNew() {
        long now = Plant.momentUpTo(clock.millis());
        List<Reading> readings = plant.readings(Math.max(written, now - MAX_CATCH_UP), now);
        if (readings.isEmpty()) {
            return Mono.empty();
        }
        return store.insert(readings).doOnNext(rows -> written = now);
    }

    private Flux<Reading> readBack() {
        return ticks().concatMap(tick -> Flux.defer(this::readNew), 1).doOnNext(board::readBack);
    }

    private Flux<Reading> readNew() {
        long until = written;
        if (until <= read) {
            return Flux.empty();
        }
        long asked = System.nanoTime();
        return store.between(read, until).doOnComplete(() -> {
            read = until;
            board.answered(Duration.ofNanos(System.nanoTime() - asked));
        });
    }

    private Flux<Integer> replay(long historyEnd) {
        return Flux.defer(() -> store.upTo(historyEnd))
                .buffer(REPLAY_ROWS)
                .concatMap(rows -> Mono.just(rows.size()).delayElement(REPLAY_PAUSE), 1)
                .doOnNext(board::replayed)
                .repeat();
    }

    private static Flux<Long> ticks() {
        return Flux.interval(TICK).onBackpressureDrop();
    }
}
