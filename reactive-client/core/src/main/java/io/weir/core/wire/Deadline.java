package io.weir.core.wire;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When a call has to be over, whatever it waits for meanwhile: a wire, an answer, rows, a server that is busy. */
public final class Deadline {

    /** Long ago or now, but never "no limit". */
    private static final Duration OVER = Duration.ofNanos(1);

    /** So far away that nanoseconds do not overflow. */
    private static final Duration FAR = Duration.ofDays(36_500);

    private final Duration limit;
    private final LongSupplier nanoTime;
    private final long begin;

    private Deadline(Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.begin = limit.isZero() ? 0 : nanoTime.getAsLong();
    }

    /**
     * Counted from now.
     *
     * @param limit zero means none
     * @param nanoTime the clock, such as {@code System::nanoTime}
     */
    public static Deadline in(Duration limit, LongSupplier nanoTime) {
        return new Deadline(limit, nanoTime);
    }

    /** The time that is left, to be given to whatever comes next as its own limit: zero means that there is none. */
    public Duration left() {
        if (limit.isZero() || limit.compareTo(FAR) > 0) {
            return Duration.ZERO;
        }
        Duration left = limit.minusNanos(nanoTime.getAsLong() - begin);
        return left.compareTo(OVER) < 0 ? OVER : left;
    }

    /** Whether there is nothing left of it. */
    public boolean isOver() {
        return left().equals(OVER);
    }
}
