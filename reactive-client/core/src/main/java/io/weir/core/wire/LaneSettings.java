package io.weir.core.wire;

import io.weir.core.CommonOptions;
import io.weir.core.Options;
import io.weir.core.Sharing;
import java.time.Duration;

/**
 * How many wires there may be, and when one is left alone.
 *
 * @param shared how many wires callers share while none of them is kept busy by one caller
 * @param most how many there may be at once, shared ones and those of their own together
 * @param perWire how many calls may be under way on a shared wire
 * @param slow a wire whose turn has taken longer gets no new work until that turn is over
 * @param grace how long somebody has to have waited before there are more than {@code shared}: a busy moment of the server
 *     slows all wires down, and more of them would make it worse
 * @param idle how long a shared wire beyond {@code shared} stays without work
 * @param patience how long a caller waits for a wire; zero means as long as it takes
 */
public record LaneSettings(
        int shared, int most, int perWire, Duration slow, Duration grace, Duration idle, Duration patience) {

    /** 4 shared wires, 64 in all, 32 calls on each; 5 ms; 20 ms; 30 s; 10 s. */
    public static final LaneSettings STANDARD = new LaneSettings(
            4, 64, 32, Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofSeconds(30), Duration.ofSeconds(10));

    /**
     * What the user has said with {@link CommonOptions#LANES}.
     *
     * @param perWire how many calls may be under way on a wire that is shared; without sharing it is one
     */
    public static LaneSettings of(Options options, int perWire) {
        int most = options.get(CommonOptions.MAX_WIRES);
        return STANDARD.withMost(Math.max(most, STANDARD.shared()))
                .withShared(Math.min(most, options.get(CommonOptions.SHARED_WIRES)))
                .withMost(most)
                .withPatience(options.get(CommonOptions.WAIT_TIMEOUT))
                .withPerWire(options.get(CommonOptions.SHARING) == Sharing.AUTO ? perWire : 1);
    }

    public LaneSettings {
        if (shared < 1
                || most < shared
                || perWire < 1
                || slow.isNegative()
                || grace.isNegative()
                || idle.isNegative()
                || patience.isNegative()) {
            throw new IllegalArgumentException("sharedWires=" + shared + ", maxWires=" + most + ", calls per wire="
                    + perWire + ", slow=" + slow + ", grace=" + grace + ", idle=" + idle + ", waitTimeout=" + patience
                    + " were given: there has to be one shared wire at least, no more shared ones than wires in all,"
                    + " and no time may be negative");
        }
    }

    public LaneSettings withShared(int value) {
        return new LaneSettings(value, most, perWire, slow, grace, idle, patience);
    }

    public LaneSettings withMost(int value) {
        return new LaneSettings(shared, value, perWire, slow, grace, idle, patience);
    }

    public LaneSettings withPerWire(int value) {
        return new LaneSettings(shared, most, value, slow, grace, idle, patience);
    }

    public LaneSettings withPatience(Duration value) {
        return new LaneSettings(shared, most, perWire, slow, grace, idle, value);
    }
}
