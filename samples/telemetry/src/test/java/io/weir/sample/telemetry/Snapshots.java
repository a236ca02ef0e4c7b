package io.weir.sample.telemetry;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Snapshots with known values. */
final class Snapshots {

    private static final long MIB = 1 << 20;
    private static final List<Double> RAMP =
            IntStream.rangeClosed(1, 60).mapToObj(i -> i * 1.5).toList();

    private Snapshots() {}

    /** In the middle of loading: no machine has been heard of, no query answered. */
    static Snapshot loading() {
        Snapshot.Flow none = new Snapshot.Flow(0, 0, List.of(0.0));
        return new Snapshot(
                Duration.ofMillis(3_400),
                new Snapshot.Load(50_000, 200_000, Duration.ofSeconds(2)),
                none,
                none,
                none,
                new Snapshot.Latency(-1, -1),
                new Snapshot.Memory(30 * MIB, 96 * MIB, List.of(30.0 * MIB)),
                new Snapshot.Memory(4 * MIB, 32 * MIB, List.of(4.0 * MIB)),
                List.of());
    }

    /** In full swing, with so many machines. */
    static Snapshot live(int machines) {
        return new Snapshot(
                Duration.ofSeconds(3_725),
                new Snapshot.Load(200_000, 200_000, Duration.ofSeconds(4)),
                new Snapshot.Flow(86_400, 600.4, List.of(0.0, 300.0, 600.0)),
                new Snapshot.Flow(86_280, 599.6, List.of(600.0, 600.0, 600.0)),
                new Snapshot.Flow(1_234_567, 49_876, List.of(10_000.0, 40_000.0, 50_000.0)),
                new Snapshot.Latency(1.24, 4.81),
                new Snapshot.Memory(42 * MIB, 96 * MIB, List.of(40.0 * MIB, 60.0 * MIB, 42.0 * MIB)),
                new Snapshot.Memory(4 * MIB, 32 * MIB, List.of(4.0 * MIB, 4.0 * MIB, 4.0 * MIB)),
                IntStream.range(0, machines).mapToObj(Snapshots::machine).toList());
    }

    private static Snapshot.Trace machine(int number) {
        List<String> states = List.of("running", "warming", "fault", "cooling", "idle");
        Reading latest = new Reading(
                1_700_000_000_000L,
                "press-" + (char) ('a' + number),
                70.04 + number,
                2.5,
                12.34,
                states.get(number % states.size()));
        return new Snapshot.Trace(latest, RAMP, List.of(0.0, 4.0, 8.0), List.of(14.0, 7.0, 0.0));
    }
}
