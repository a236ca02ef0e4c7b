package io.weir.iotdb.chaos;

import io.weir.iotdb.chaos.Write.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Everything that one caller has written to his device, and what he was told of it. It holds what is read against that, at
 * any time. A caller does one thing after the other, so nothing of it is under way while he reads.
 */
final class Ledger {

    private final String device;
    private final List<Write> writes = new ArrayList<>();
    private long next;
    private long countedByResults;

    Ledger(int caller) {
        this.device = "root.chaos.c" + caller;
    }

    String device() {
        return device;
    }

    /** Rows that nobody has sent yet. */
    Write begin(int rows) {
        Write write = new Write(next, rows);
        next += rows;
        writes.add(write);
        return write;
    }

    /** The rows that results of the client have counted as written. */
    void counted(long rows) {
        countedByResults += rows;
    }

    List<Write> writes() {
        return writes;
    }

    /** The time behind everything that was ever sent. */
    long end() {
        return next;
    }

    long rows(Fate fate) {
        return writes.stream()
                .filter(write -> write.fate() == fate)
                .mapToLong(Write::rows)
                .sum();
    }

    static long value(long time) {
        return time * 31 + 7;
    }

    String text(long time) {
        return device + "-" + time;
    }

    /**
     * What is wrong with the rows that were read between two times; empty if nothing is.
     *
     * @param found value and text by time
     */
    List<String> objections(Map<Long, String> found, long from, long to) {
        List<String> objections = new ArrayList<>();
        for (Write write : writes) {
            long first = Math.max(from, write.first());
            long end = Math.min(to, write.end());
            long there = LongStream.range(first, end).filter(found::containsKey).count();
            if (write.fate() == Fate.ACKNOWLEDGED && there != Math.max(0, end - first)) {
                objections.add(device + ": only " + there + " are there of " + write);
            } else if (write.fate() == Fate.NOT_WRITTEN && there > 0) {
                objections.add(device + ": " + there + " are there of " + write);
            }
        }
        found.forEach((time, text) -> {
            if (time < 0 || time >= next) {
                objections.add(device + ": nobody has written the row at " + time);
            } else if (!text.equals(shown(value(time), text(time)))) {
                objections.add(device + ": the row at " + time + " holds " + text);
            }
        });
        return objections;
    }

    /** A row's values as {@link #objections} expects them. */
    static String shown(long value, String text) {
        return value + " " + text;
    }

    /** Whether the client's results counted exactly the rows of the writes that it acknowledged. */
    boolean countsAreTrue() {
        return countedByResults == rows(Fate.ACKNOWLEDGED);
    }
}
