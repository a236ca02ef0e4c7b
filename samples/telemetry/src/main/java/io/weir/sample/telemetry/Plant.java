package io.weir.sample.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Simulated machines that warm up, run, cool down, rest and now and then fail.
 *
 * <p>A reading is a pure function of the seed, the machine and the time: history can be made in any order and from any
 * thread, and a test knows what comes out.
 */
final class Plant {

    /** What a machine does. */
    enum State {
        WARMING,
        RUNNING,
        FAULT,
        COOLING,
        IDLE;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** As it stands in a reading. */
        String label() {
            return label;
        }
    }

    /** The time between two readings of a machine, in milliseconds. */
    static final int STEP = 20;

    /** How long a machine takes from one start to the next, in milliseconds. */
    private static final int CYCLE = 90_000;

    /** One cycle in so many ends with a fault. */
    private static final int FAULT_EVERY = 4;

    private static final List<String> KINDS = List.of("press", "lathe", "robot");
    private static final int OF_EACH_KIND = 4;

    private final long seed;
    private final List<String> machines;

    Plant(long seed) {
        this.seed = seed;
        List<String> names = new ArrayList<>();
        for (String kind : KINDS) {
            for (int i = 1; i <= OF_EACH_KIND; i++) {
                names.add(String.format(Locale.ROOT, "%s-%02d", kind, i));
            }
        }
        machines = List.copyOf(names);
    }

    /** Their names, in the order in which they are shown. */
    List<String> machines() {
        return machines;
    }

    /** The last moment up to now at which the machines are read, in milliseconds since 1970. */
    static long momentUpTo(long now) {
        return Math.floorDiv(now, STEP) * STEP;
    }

    /** Readings of all machines after one moment, up to and including another one; by time, then by machine. */
    List<Reading> readings(long after, long until) {
        List<Reading> readings = new ArrayList<>();
        for (long time = momentUpTo(after) + STEP; time <= until; time += STEP) {
            for (int machine = 0; machine < machines.size(); machine++) {
                readings.add(reading(machine, time));
            }
        }
        return readings;
    }

    /** What the machine of that number says at that moment. */
    Reading reading(int machine, long time) {
        // Each machine has its own place in the cycle, so that the plant never starts or rests as a whole.
        long shifted = time + Math.floorMod(mix(seed, machine, 0, 0), CYCLE);
        double place = Math.floorMod(shifted, CYCLE) / (double) CYCLE;
        State state = state(place, Math.floorDiv(shifted, CYCLE) + machine);
        double activity = activity(place);
        double swing = Math.sin(time / (1_200.0 + 150 * machine) + machine);
        double temperature = 24 + activity * (44 + 9 * swing) + 0.6 * noise(machine, time, 1);
        double vibration = 0.3 + activity * (2.2 + 0.9 * noise(machine, time, 2));
        double power = 0.8 + activity * (9 + 3 * swing) + 0.2 * noise(machine, time, 3);
        if (state == State.FAULT) {
            vibration += 5 + noise(machine, time, 4);
            temperature += 12;
        }
        return new Reading(
                time, machines.get(machine), rounded(temperature), rounded(vibration), rounded(power), state.label());
    }

    private static State state(double place, long cycle) {
        if (place < 0.12) {
            return State.WARMING;
        }
        if (place < 0.74) {
            return State.RUNNING;
        }
        if (place < 0.80) {
            return Math.floorMod(cycle, FAULT_EVERY) == 0 ? State.FAULT : State.RUNNING;
        }
        return place < 0.90 ? State.COOLING : State.IDLE;
    }

    /** From 0 (at rest) to 1 (at work), with soft edges. */
    private static double activity(double place) {
        if (place < 0.12) {
            return smooth(place / 0.12);
        }
        if (place < 0.80) {
            return 1;
        }
        return place < 0.90 ? smooth((0.90 - place) / 0.10) : 0;
    }

    private static double smooth(double x) {
        return x * x * (3 - 2 * x);
    }

    /** From -1 to 1, the same for the same arguments. */
    private double noise(int machine, long time, int channel) {
        return (mix(seed, machine, time, channel) >> 11) / (double) (1L << 52);
    }

    /** The finalizer of SplitMix64: neighbours in, strangers out. */
    private static long mix(long seed, int machine, long time, int channel) {
        long z = seed + time * 0x9E3779B97F4A7C15L + machine * 0xD1B54A32D192ED03L + channel * 0x8CB92BA72F3D8DD7L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
