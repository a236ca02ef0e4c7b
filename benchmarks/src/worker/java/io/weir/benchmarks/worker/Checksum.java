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
