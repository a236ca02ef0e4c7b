package io.weir.benchmarks;

import io.weir.benchmarks.worker.Sample;

/** What is taken from a sample, and whether more of it is better. */
public enum Measure {
    ROWS("rows", "rows/s", true),
    CPU("cpu", "ns/row", false),
    ALLOC("alloc", "B/row", false);

    private final String suffix;
    private final String unit;
    private final boolean moreIsBetter;

    Measure(String suffix, String unit, boolean moreIsBetter) {
        this.suffix = suffix;
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
    }

    /** The last part of a figure's name. */
    public String suffix() {
        return suffix;
    }

    public String unit() {
        return unit;
    }

    /** This figure of one sample. */
    double of(Sample sample) {
        return switch (this) {
            case ROWS -> sample.rows() * 1e9 / sample.nanos();
            case CPU -> (double) sample.cpuNanos() / sample.rows();
            case ALLOC -> (double) sample.allocatedBytes() / sample.rows();
        };
    }

    /** How many times better ours is: above 1 is better, whatever the unit. */
    double ratio(double ours, double peer) {
        return moreIsBetter ? ours / peer : peer / ours;
    }
}
