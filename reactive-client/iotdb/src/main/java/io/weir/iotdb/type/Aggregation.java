package io.weir.iotdb.type;

/** A function that makes one figure of the values of a series. Those that take more than a series are for SQL only. */
public enum Aggregation {
    /** How many values there are. */
    COUNT(0),
    AVG(1),
    SUM(2),
    FIRST_VALUE(3),
    LAST_VALUE(4),
    MAX_TIME(5),
    MIN_TIME(6),
    MAX_VALUE(7),
    MIN_VALUE(8),
    /** The value whose amount is the largest. */
    EXTREME(9),
    /** From the first to the last value, in steps of the server's precision. */
    TIME_DURATION(11),
    /** The value that is there most often. */
    MODE(12),
    STDDEV(14),
    STDDEV_POP(15),
    STDDEV_SAMP(16),
    VARIANCE(17),
    VAR_POP(18),
    VAR_SAMP(19);

    private final int code;

    Aggregation(int code) {
        this.code = code;
    }

    /** The number of this function on the wire. */
    public int code() {
        return code;
    }

    /** This function over a series. */
    public OfSeries of(String path) {
        return new OfSeries(this, path);
    }

    /** A function and the series that it is taken over. */
    public record OfSeries(Aggregation function, String path) {}
}
