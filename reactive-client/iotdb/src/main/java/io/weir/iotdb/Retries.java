package io.weir.iotdb;

import io.weir.core.Backoff;
import io.weir.core.Endpoint;
import io.weir.core.WeirException;
import io.weir.core.wire.Timers;
import io.weir.iotdb.WritePath.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/**
 * Sends again what a server has rejected for being too busy. When, is for the {@link Backoff} of that server to say, which
 * is also asked before connections are opened: a busy server is left alone by all.
 */
final class Retries {

    private final Duration within;
    private final Function<Endpoint, Backoff> backoffs;
    private final LongSupplier nanoTime;
    private final Timers timers;

    /** @param within how long one call may be tried; zero: once */
    Retries(Duration within, Function<Endpoint, Backoff> backoffs, LongSupplier nanoTime, Timers timers) {
        this.within = within;
        this.backoffs = backoffs;
        this.nanoTime = nanoTime;
        this.timers = timers;
    }

    /** The same for calls that may be tried so long; zero: once. */
    Retries within(Duration patience) {
        return new Retries(patience, backoffs, nanoTime, timers);
    }

    /**
     * Writes, and writes again what is rejected until the time for it is over; then that stays rejected.
     *
     * @param limit the caller's own; zero means none
     */
    <T> Mono<WriteOutcome<T>> write(List<T> todo, Duration limit, Function<List<T>, Mono<Attempt<T>>> write) {
        return Mono.defer(
                () -> write(todo, nanoTime.getAsLong() + shorter(limit).toNanos(), write));
    }

    private <T> Mono<WriteOutcome<T>> write(List<T> todo, long until, Function<List<T>, Mono<Attempt<T>>> write) {
        return write.apply(todo).flatMap(attempt -> {
            WriteOutcome<T> outcome = attempt.outcome();
            if (within.isZero() || outcome.rejected().isEmpty()) {
                return Mono.just(outcome);
            }
            Backoff host = backoff(attempt);
            if (outcome.isOver() || nanoTime.getAsLong() + host.remaining().toNanos() - until >= 0) {
                return Mono.just(outcome);
            }
            return left(host)
                    .then(write(outcome.rejected(), until, write))
                    .map(later -> outcome.withoutRejected().plus(later))
                    // Nothing was sent any more; what was written before still is.
                    .onErrorResume(WeirException.class, error -> Mono.just(outcome.endedBy(error)));
        });
    }

    /** Tells the back-off of a host how it takes its work. */
    void heard(Attempt<?> attempt) {
        if (!attempt.outcome().rejected().isEmpty()) {
            backoff(attempt).rejected(Objects.requireNonNull(attempt.outcome().reason()));
        } else if (attempt.outcome().result().rows() > 0) {
            backoff(attempt).accepted();
        }
    }

    /** Of the host that the attempt went to. */
    Backoff backoff(Attempt<?> attempt) {
        return backoffs.apply(attempt.session().endpoint());
    }

    /** Completes once that host need not be left alone any longer. */
    Mono<Void> left(Backoff host) {
        return Mono.defer(() -> {
            Duration remaining = host.remaining();
            return remaining.isZero() ? Mono.empty() : after(remaining).then(left(host));
        });
    }

    private Mono<Void> after(Duration pause) {
        return Mono.create(sink -> sink.onDispose(timers.after(pause.toNanos(), sink::success)));
    }

    private Duration shorter(Duration limit) {
        return limit.isZero() || within.compareTo(limit) < 0 ? within : limit;
    }
}
