package io.weir.benchmarks.worker;

/** One run of a {@link Work}: what it is told, and where it puts what proves and describes its work. */
public final class Run {

    private final int size;
    private final Checksum checksum;
    private final Latencies latencies;
    private volatile long beside;

    Run(int size, Checksum checksum, Latencies latencies) {
        this.size = size;
        this.checksum = checksum;
        this.latencies = latencies;
    }

    /** The number behind the name of the work, for instance how many callers; 0 if there was none. */
    public int size() {
        return size;
    }

    /** Takes every value that was read, from one thread at a time. */
    public Checksum checksum() {
        return checksum;
    }

    /** Takes how long each call took, from any thread. */
    public Latencies latencies() {
        return latencies;
    }

    /** How many rows were read beside the work that is measured; so much can differ from run to run. */
    public void beside(long rows) {
        beside = rows;
    }

    long beside() {
        return beside;
    }
}
