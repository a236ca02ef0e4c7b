package io.weir.sample.telemetry;

import java.time.Duration;
import java.util.Arrays;

/** How long the last queries took. Not for several threads. */
final class Latencies {

    private static final int SIZE = 512;
    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] nanos = new long[SIZE];
    private long count;

    void add(Duration took) {
        nanos[(int) (count % SIZE)] = took.toNanos();
        count++;
    }

    Snapshot.Latency current() {
        int size = (int) Math.min(count, SIZE);
        if (size == 0) {
            return new Snapshot.Latency(-1, -1);
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return new Snapshot.Latency(percentile(sorted, 0.50), percentile(sorted, 0.99));
    }

    /** The smallest value that at least this share of all does not exceed. */
    private static double percentile(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
    }
}
