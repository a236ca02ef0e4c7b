package io.weir.iotdb.type;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one call sets for itself. What it leaves open is as the client's options say.
 *
 * @param timeout for execution and reading together; zero means no limit, null leaves it open
 * @param fetchSize rows to ask for at a time, which the server rounds up to whole blocks; 0 leaves it open
 */
public record CallLimits(@Nullable Duration timeout, int fetchSize) {

    /** Everything as the client's options say. */
    public static final CallLimits OPEN = new CallLimits(null, 0);

    public CallLimits {
        if (fetchSize < 0 || (timeout != null && timeout.isNegative())) {
            throw new IllegalArgumentException("A fetch size of " + fetchSize + " and a time-out of " + timeout
                    + " were given: zero or more is possible");
        }
    }

    /** A limit for execution and reading together; zero means none. */
    public static CallLimits within(Duration timeout) {
        return OPEN.withTimeout(timeout);
    }

    /** So many rows at a time; 0 leaves it open. */
    public static CallLimits fetching(int rows) {
        return OPEN.withFetchSize(rows);
    }

    /** The same with this limit for execution and reading together; zero means none. */
    public CallLimits withTimeout(Duration limit) {
        return new CallLimits(limit, fetchSize);
    }

    /** The same with so many rows at a time; 0 leaves it open. */
    public CallLimits withFetchSize(int rows) {
        return new CallLimits(timeout, rows);
    }
}
