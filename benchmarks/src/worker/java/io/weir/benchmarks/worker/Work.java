package io.weir.benchmarks.worker;

/** One piece of work that is run again and again, each time with a fresh checksum. */
@FunctionalInterface
public interface Work {

    /** Does the work once, blocking until it is over, and puts every value that it read into the checksum. */
    void run(Checksum checksum) throws Exception;
}
