package io.weir.sample.telemetry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where the streams leave what they did, and the view finds what to show. The streams come from several threads and the
 * view from another: a short lock that nobody holds for longer than an addition keeps them apart.
 */
final class Board {

    /** One point of a machine's curve, in the milliseconds of its readings. */
    private static final long CURVE_SPAN = 500;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static final class Curves {
        private final History temperature = new History(CURVE_SPAN);
        private final History vibration = new History(CURVE_SPAN);
        private final History power = new History(CURVE_SPAN);
        private Reading latest;

        private Curves(Reading first) {
            latest = first;
        }

        private void add(Reading reading) {
            latest = reading;
            temperature.add(reading.time(), reading.temperature());
            vibration.add(reading.time(), reading.vibration());
            power.add(reading.time(), reading.power());
        }

        private Snapshot.Trace trace() {
            return new Snapshot.Trace(latest, temperature.values(), vibration.values(), power.values());
        }
    }

    private final List<String> machines;
    private final long toLoad;
    private final MemoryUse memory;
    private final long startedAt;

    private final FlowMeter written = new FlowMeter();
    private final FlowMeter readBack = new FlowMeter();
    private final FlowMeter replayed = new FlowMeter();
    private final Latencies latencies = new Latencies();
    private final History heap = new History(SECOND);
    private final History direct = new History(SECOND);
    private final Map<String, Curves> curves = new LinkedHashMap<>();
    private long loaded;
    private long loadBegan;
    private long loadedAt;

    /** With the moment of the start, as {@link System#nanoTime} has it. */
    Board(List<String> machines, long toLoad, MemoryUse memory, long startedAt) {
        this.machines = List.copyOf(machines);
        this.toLoad = toLoad;
        this.memory = memory;
        this.startedAt = startedAt;
    }

    /** The first statement of the history is about to be written, at that moment. */
    synchronized void loadBegins(long nanos) {
        loadBegan = nanos;
        loadedAt = nanos;
    }

    /** How many rows of history are in the database, at that moment. */
    synchronized void loaded(long rows, long nanos) {
        loaded = rows;
        loadedAt = nanos;
    }

    synchronized void written(long rows) {
        written.add(rows);
    }

    synchronized void readBack(Reading reading) {
        readBack.add(1);
        curves.computeIfAbsent(reading.machine(), name -> new Curves(reading)).add(reading);
    }

    synchronized void replayed(long rows) {
        replayed.add(rows);
    }

    synchronized void answered(Duration took) {
        latencies.add(took);
    }

    /** What there is to show at that moment. */
    synchronized Snapshot snapshot(long nanos) {
        heap.add(nanos, (double) memory.heapUsed());
        direct.add(nanos, (double) memory.directUsed());
        return new Snapshot(
                Duration.ofNanos(nanos - startedAt),
                new Snapshot.Load(loaded, toLoad, Duration.ofNanos(loadedAt - loadBegan)),
                written.at(nanos),
                readBack.at(nanos),
                replayed.at(nanos),
                latencies.current(),
                new Snapshot.Memory(memory.heapUsed(), memory.heapMax(), heap.values()),
                new Snapshot.Memory(memory.directUsed(), memory.directMax(), direct.values()),
                machines.stream()
                        .map(curves::get)
                        .filter(Objects::nonNull)
                        .map(Curves::trace)
                        .toList());
    }
}
