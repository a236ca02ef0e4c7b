package io.weir.iotdb.type;

/**
 * The time that aggregations are taken over: one range, or windows that walk through it. Counts of steps in the server's
 * precision, see {@link io.weir.core.TimePrecision#toCount}.
 *
 * @param start the first moment of the range
 * @param end the first moment behind it
 * @param interval how long each window is; 0 for one window over all the range
 * @param step from the beginning of a window to that of the next; 0 for windows that follow each other
 */
public record TimeWindows(long start, long end, long interval, long step) {

    public TimeWindows {
        if (end <= start) {
            throw new IllegalArgumentException(
                    "A range from " + start + " to " + end + " was given: the end is the first moment behind it");
        }
        if (interval < 0 || step < 0 || (step > 0 && interval == 0)) {
            throw new IllegalArgumentException("An interval of " + interval + " and a step of " + step
                    + " were given: both are zero or more, and a step needs an interval");
        }
    }

    /** One window over all the range. */
    public static TimeWindows range(long start, long end) {
        return new TimeWindows(start, end, 0, 0);
    }

    /** Windows of this length, one after the other. */
    public TimeWindows every(long length) {
        return new TimeWindows(start, end, length, step);
    }

    /** Windows that begin this far from each other. */
    public TimeWindows sliding(long distance) {
        return new TimeWindows(start, end, interval, distance);
    }
}
