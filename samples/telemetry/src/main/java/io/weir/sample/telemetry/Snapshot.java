package io.weir.sample.telemetry;

import java.time.Duration;
import java.util.List;

/**
 * All that the view shows, at one moment.
 *
 * @param up how long the sample runs
 * @param written what the machines said, as the database took it
 * @param readBack the same, as it came back by queries
 * @param replayed history, as it came back to a reader that takes his time
 * @param heap of this JVM
 * @param direct memory that this JVM's network buffers hold
 * @param machines in the order in which they are shown; those that have not been heard of are missing
 */
record Snapshot(
        Duration up,
        Load load,
        Flow written,
        Flow readBack,
        Flow replayed,
        Latency latency,
        Memory heap,
        Memory direct,
        List<Trace> machines) {

    /**
     * How far the history is.
     *
     * @param took so far, or in all once it is done
     */
    record Load(long done, long total, Duration took) {

        boolean isOver() {
            return done >= total;
        }

        double perSecond() {
            return took.isZero() ? 0 : done / (took.toNanos() / 1e9);
        }
    }

    /**
     * Rows that pass.
     *
     * @param perSecond over about the last second
     * @param history of {@code perSecond}, the newest last
     */
    record Flow(long total, double perSecond, List<Double> history) {}

    /** How long the last queries took, in milliseconds; negative while there is none. */
    record Latency(double p50, double p99) {}

    /**
     * Bytes in use.
     *
     * @param history of {@code used}, the newest last
     */
    record Memory(long used, long max, List<Double> history) {}

    /** A machine's last reading, and how its values came to be; the newest last. */
    record Trace(Reading latest, List<Double> temperature, List<Double> vibration, List<Double> power) {}
}
