package io.weir.benchmarks.worker;

/**
 * A checksum over every value of a scan, in the order of rows and columns. It is the proof that both sides decoded the
 * same data, and the reason why the compiler may not leave a value out.
 *
 * <p>Cheap on purpose (a multiplication and an addition per value; a text costs its {@link String#hashCode()}), because
 * its cost is part of what is measured, on both sides alike.
 */
public final class Checksum {

    private static final long NULL = 0x9E3779B97F4A7C15L;

    private long sum;
    private long rows;

    public void add(long value) {
        sum = sum * 31 + value;
    }

    /** By its bits, so that two doubles that only print alike are not equal. */
    public void add(double value) {
        add(Double.doubleToRawLongBits(value));
    }

    public void add(boolean value) {
        add(value ? 1 : 2);
    }

    public void add(String value) {
        add((long) value.hashCode());
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
