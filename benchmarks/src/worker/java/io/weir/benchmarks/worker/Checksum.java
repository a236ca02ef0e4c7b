package io.weir.benchmarks.worker;

/**
 * A checksum over every value of a scan, and over every character of its texts, in the order of rows and columns. It is the
 * proof that both sides decoded the same data, and the reason why the compiler may not leave a value out.
 *
 * <p>Its cost is part of what is measured, on both sides alike, and would hide the difference between them. So each value is
 * weighed by its place and added: no step waits for the multiplication of the one before, as it would in a hash of the usual
 * form ({@link String#hashCode()} alone took a third of a scan's time).
 */
public final class Checksum {

    private static final long NULL = 0x2545F4914F6CDD1DL;

    /** The golden ratio in 64 bits: its multiples look like nothing in particular. */
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long weight = 1;
    private long sum;
    private long rows;

    public void add(long value) {
        weight += STEP;
        // The upper half goes into the lower one as well: doubles often end in zeros, which a weight would push out.
        sum += (value ^ (value >>> 32)) * (weight | 1);
    }

    /** By its bits, so that two doubles that only print alike are not equal. */
    public void add(double value) {
        add(Double.doubleToRawLongBits(value));
    }

    public void add(boolean value) {
        add(value ? 1 : 2);
    }

    public void add(String value) {
        long text = value.length();
        long place = STEP;
        for (int i = 0; i < value.length(); i++) {
            text += value.charAt(i) * place;
            place += STEP;
        }
        add(text);
    }

    /** The rows and values of one of several callers, who each had a checksum of their own. */
    public void addAll(Checksum part) {
        add(part.sum);
        rows += part.rows;
    }

    /** So many rows, whose values are proved in another way: those that were written are read back later. */
    public void rows(long count) {
        rows += count;
    }

    public void addNull() {
        add(NULL);
    }

    /** Ends a row, so that values can not move from one row to the next unseen. */
    public void endRow() {
        rows++;
        add(rows);
    }

    public long rows() {
        return rows;
    }

    public long value() {
        return sum;
    }
}
