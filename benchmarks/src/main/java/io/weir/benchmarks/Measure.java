package io.weir.benchmarks;

import io.weir.benchmarks.worker.Sample;

/** What is taken from a sample, and whether more of it is better. */
public enum Measure {
    ROWS("rows", "rows/s", true),
    CPU("cpu", "ns/row", false),
    ALLOC("alloc", "B/row", false),
    OPS("ops", "ops/s", true),
    P50("p50", "us-p50", false),
    P99("p99", "us-p99", false),
    CALL_CPU("cpu", "ns/op", false),
    CALL_ALLOC("alloc", "B/op", false),
    /** What went on beside the work: who starves it has an easy time. */
    BESIDE("beside", "rows/s", true);

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
            case ROWS, OPS -> sample.rows() * 1e9 / sample.nanos();
            case CPU, CALL_CPU -> (double) sample.cpuNanos() / sample.rows();
            case ALLOC, CALL_ALLOC -> (double) sample.allocatedBytes() / sample.rows();
            case P50 -> sample.p50Nanos() / 1e3;
            case P99 -> sample.p99Nanos() / 1e3;
            case BESIDE -> sample.besideRows() * 1e9 / sample.nanos();
        };
    }

    /** How many times better ours is: above 1 is better, whatever the unit. */
    double ratio(double ours, double peer) {
        return moreIsBetter ? ours / peer : peer / ours;
    }
}
