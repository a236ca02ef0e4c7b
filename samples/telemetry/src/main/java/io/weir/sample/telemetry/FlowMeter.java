package io.weir.sample.telemetry;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Turns a count into a rate over about the last second. Not for several threads. */
final class FlowMeter {

    private static final long WINDOW = Duration.ofSeconds(1).toNanos();

    private record Mark(long nanos, long total) {}

    private final Deque<Mark> marks = new ArrayDeque<>();
    private final History history = new History(WINDOW);
    private long total;

    void add(long rows) {
        total += rows;
    }

    /** Takes note of the moment; called with each frame. */
    Snapshot.Flow at(long nanos) {
        marks.addLast(new Mark(nanos, total));
        while (marks.size() > 2 && nanos - marks.getFirst().nanos() > WINDOW) {
            marks.removeFirst();
        }
        Mark first = marks.getFirst();
        long elapsed = nanos - first.nanos();
        double perSecond = elapsed == 0 ? 0 : (total - first.total()) * 1e9 / elapsed;
        history.add(nanos, perSecond);
        return new Snapshot.Flow(total, perSecond, history.values());
    }
}
