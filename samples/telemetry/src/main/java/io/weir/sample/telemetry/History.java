package io.weir.sample.telemetry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last so many values, one for each span of time. */
final class History {

    /** As many as the widest terminal shows of one value. */
    private static final int SIZE = 120;

    private final long span;
    private final Deque<Double> values = new ArrayDeque<>();
    private long slot = Long.MIN_VALUE;

    /** With the length of a span, in the unit of the times that will come. */
    History(long span) {
        this.span = span;
    }

    /** Adds a value, or replaces the last one if that is of the same span. */
    void add(long time, double value) {
        long next = Math.floorDiv(time, span);
        if (next == slot) {
            values.removeLast();
        } else if (values.size() == SIZE) {
            values.removeFirst();
        }
        slot = next;
        values.addLast(value);
    }

    List<Double> values() {
        return List.copyOf(values);
    }
}
