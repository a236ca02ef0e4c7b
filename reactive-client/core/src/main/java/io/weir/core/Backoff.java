package io.weir.core;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * How long an endpoint is left alone after it has failed: each failure doubles the wait up to a cap, half of it is left
 * to chance so that many clients do not come back at the same moment, a success ends it, and quiet time halves what is
 * remembered.
 *
 * <p>There is one for each endpoint of a client, and whoever retries (pool, registry, a loop of one's own) listens to it
 * instead of counting on its own: otherwise retries multiply. Failures that arrive while a wait runs belong to the same
 * outage and do not lengthen it. A host that answers and rejects work is left alone in the same way.
 *
 * <p>It owns no timer and starts nothing.
 */
public final class Backoff {

    /**
     * How an endpoint is doing.
     *
     * @param failures in a row, as far as they are still remembered; zero: it is well
     * @param delay how long to wait, counted from the last failure
     * @param reason the last failure; null when it is well
     * @param isBusy whether it is there, and has said that it is too busy: a connection proves nothing then
     */
    public record State(
            int failures, Duration delay, @Nullable Throwable reason, boolean isBusy) {

        static final State WELL = new State(0, Duration.ZERO, null, false);

        /** Whether nothing is known against it. */
        public boolean isWell() {
            return failures == 0;
        }
    }

    /**
     * How patient to be.
     *
     * @param first the wait after a first failure
     * @param cap the longest wait
     * @param memory quiet time, counted from the end of a wait, that halves the failures remembered
     */
    public record Timing(Duration first, Duration cap, Duration memory) {

        /** 250 ms doubled up to 30 s; halved after each quiet minute. */
        public static final Timing STANDARD =
                new Timing(Duration.ofMillis(250), Duration.ofSeconds(30), Duration.ofMinutes(1));

        public Timing {
            if (first.isNegative()
                    || first.isZero()
                    || cap.compareTo(first) < 0
                    || memory.isNegative()
                    || memory.isZero()) {
                throw new IllegalArgumentException("A back-off needs 0 < first <= cap and 0 < memory, not first="
                        + first + ", cap=" + cap + ", memory=" + memory);
            }
        }
    }

    private record Stamped(State state, long failedAt) {}

    private static final AtomicReferenceFieldUpdater<Backoff, Stamped> CURRENT =
            AtomicReferenceFieldUpdater.newUpdater(Backoff.class, Stamped.class, "current");

    private final Endpoint endpoint;
    private final Timing timing;
    private final LongSupplier nanoTime;
    private final DoubleSupplier random;
    private volatile Stamped current = new Stamped(State.WELL, 0);
    private final Sinks.Many<State> states = Sinks.many().replay().latestOrDefault(State.WELL);
    private final AtomicInteger changes = new AtomicInteger();

    /**
     * @param nanoTime the clock, such as {@code System::nanoTime}
     * @param random from 0 (inclusive) to 1 (exclusive)
     */
    public Backoff(Endpoint endpoint, Timing timing, LongSupplier nanoTime, DoubleSupplier random) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
        this.timing = timing;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /** Whose it is. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** How it is doing now. */
    public State state() {
        return current.state();
    }

    /** How it is doing now and from now on; a slow listener sees the latest state only. */
    public Flux<State> states() {
        return states.asFlux().onBackpressureLatest().distinctUntilChanged();
    }

    /** How long it should still be left alone; zero: try it. */
    public Duration remaining() {
        Stamped s = current;
        long left = s.state().delay().toNanos() - (nanoTime.getAsLong() - s.failedAt());
        return s.state().isWell() || left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    /** An attempt has failed, or a connection was lost. */
    public void failed(Throwable reason) {
        failed(reason, false);
    }

    /** It has rejected work for being too busy. It is left alone as after a failure, until it takes such work again. */
    public void rejected(Throwable reason) {
        failed(reason, true);
    }

    /** A connection has come about: all is well, unless the host is busy, of which a connection tells nothing. */
    public void succeeded() {
        clear(false);
    }

    /**
     * It has taken work. Ends what {@link #rejected} has begun, once the wait is over: before that it may be work that was
     * sent earlier than what was rejected.
     */
    public void accepted() {
        // Called for each write, so it looks first.
        if (state().isBusy() && remaining().isZero()) {
            clear(true);
        }
    }

    private void failed(Throwable reason, boolean busy) {
        long now = nanoTime.getAsLong();
        Stamped before;
        Stamped after;
        do {
            before = current;
            State old = before.state();
            long since = now - before.failedAt();
            long delay = old.delay().toNanos();
            if (old.isWell() || since >= delay) {
                int failures = remembered(old.failures(), since - delay) + 1;
                after = new Stamped(new State(failures, jittered(failures), reason, busy), now);
            } else if (old.isBusy() && !busy) {
                // Worse than busy. The wait stays, and what ends it is another thing from now on.
                after = new Stamped(new State(old.failures(), old.delay(), reason, false), before.failedAt());
            } else {
                return;
            }
        } while (!CURRENT.compareAndSet(this, before, after));
        tell();
    }

    private void clear(boolean busy) {
        Stamped before;
        do {
            before = current;
            if (before.state().isWell() || before.state().isBusy() != busy) {
                return;
            }
        } while (!CURRENT.compareAndSet(this, before, new Stamped(State.WELL, 0)));
        tell();
    }

    @Override
    public String toString() {
        return endpoint + " " + state();
    }

    private int remembered(int failures, long quiet) {
        long halvings = Math.max(0, quiet / timing.memory().toNanos());
        return halvings > 30 ? 0 : failures >> halvings;
    }

    private Duration jittered(int failures) {
        double full = Math.min(
                (double) timing.cap().toNanos(), timing.first().toNanos() * Math.pow(2, Math.min(failures - 1, 62)));
        return Duration.ofNanos((long) (full / 2 + full / 2 * random.getAsDouble()));
    }

    /** Emits from one thread at a time without a lock: whoever comes second leaves it to the first to look again. */
    private void tell() {
        if (changes.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            states.tryEmitNext(state());
            seen = changes.addAndGet(-seen);
        } while (seen != 0);
    }
}
