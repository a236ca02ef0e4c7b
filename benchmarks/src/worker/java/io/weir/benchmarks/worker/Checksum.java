package io.weir.benchmarks.worker;

/**
 * A checksum over every value of a scan in the order of rows and columns. It is the proof that both sides decoded the same
 * data, and the reason why the compiler may not leave a value out.
 *
 * <p>Its cost is part of what is measured, on both sides alike, and would hide the difference between them. So it is one
 * multiplication for a value, and of a text its length and three characters count, unless all are asked for: over every
 * character it took a tenth of a scan's time. A contest ends with a scan that counts them all.
 */
public final class Checksum {

    private static final long NULL = 0x2545F4914F6CDD1DL;

    /** The golden ratio in 64 bits: odd, so that no two sums become the same by it. */
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final boolean everyCharacter;
    private long sum;
    private long rows;

    /** For somebody to look at: a text that nobody could see again need not be an object, and would cost less than it does. */
    private String last = "";

    /** One that trusts in some characters of a text. */
    public Checksum() {
        this(false);
    }

    /** @param everyCharacter whether all characters of texts count */
    public Checksum(boolean everyCharacter) {
        this.everyCharacter = everyCharacter;
    }

    public void add(long value) {
        sum = Long.rotateLeft(sum ^ value, 23) * MIX;
    }

    /** By its bits, so that two doubles that only print alike are not equal. */
    public void add(double value) {
        add(Double.doubleToRawLongBits(value));
    }

    public void add(boolean value) {
        add(value ? 1 : 2);
    }

    public void add(String value) {
        last = value;
        int length = value.length();
        add(length);
        if (everyCharacter) {
            value.chars().forEach(this::add);
        } else if (length > 0) {
            add(value.charAt(0) | (long) value.charAt(length / 2) << 16 | (long) value.charAt(length - 1) << 32);
        }
    }

    /** The text that was added last; empty before the first. */
    public String last() {
        return last;
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
