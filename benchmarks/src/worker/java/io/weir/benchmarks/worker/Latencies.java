package io.weir.benchmarks.worker;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** How long each call of a run took. Made once and cleared, so that it adds nothing to what a run allocates. */
public final class Latencies {

    private static final int MOST = 1 << 18;

    private final long[] nanos = new long[MOST];
    private final AtomicInteger count = new AtomicInteger();

    /** Adds a call. Thread-safe. */
    public void add(long callNanos) {
        int at = count.getAndIncrement();
        if (at >= MOST) {
            throw new IllegalStateException("A run has at most " + MOST + " calls");
        }
        nanos[at] = callNanos;
    }

    void clear() {
        count.set(0);
    }

    /**
     * What this share of the calls took at most.
     *
     * @param share from 0 to 1, for instance 0.99
     * @return nanoseconds; 0 if there were no calls
     */
    long percentile(double share) {
        int calls = count.get();
        if (calls == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, calls);
        Arrays.sort(sorted);
        return sorted[(int) Math.max(0, Math.ceil(share * calls) - 1)];
    }
}
