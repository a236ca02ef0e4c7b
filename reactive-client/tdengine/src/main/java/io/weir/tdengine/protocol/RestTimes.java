package io.weir.tdengine.protocol;

import io.weir.core.TimePrecision;
import org.jspecify.annotations.Nullable;

/** What the times of a JSON answer count: nothing says so but the digits behind their points, three, six or nine. */
final class RestTimes {

    private @Nullable TimePrecision seen;

    /**
     * The precision of a time, which is that of all times of the answer.
     *
     * @throws IllegalArgumentException if it is not
     */
    TimePrecision precisionOf(String text) {
        int from = text.indexOf('.') + 1;
        int to = from;
        while (from > 0 && to < text.length() && Character.isDigit(text.charAt(to))) {
            to++;
        }
        TimePrecision precision = switch (to - from) {
            case 3 -> TimePrecision.MILLISECONDS;
            case 6 -> TimePrecision.MICROSECONDS;
            case 9 -> TimePrecision.NANOSECONDS;
            default -> throw new IllegalArgumentException("there should be 3, 6 or 9 digits behind its point");
        };
        if (seen != null && seen != precision) {
            throw new IllegalArgumentException("the times before it have another precision (" + seen.wireName() + ")");
        }
        seen = precision;
        return precision;
    }

    /** Milliseconds while no time was seen: then there is none to be counted. */
    TimePrecision precision() {
        return seen == null ? TimePrecision.MILLISECONDS : seen;
    }
}
