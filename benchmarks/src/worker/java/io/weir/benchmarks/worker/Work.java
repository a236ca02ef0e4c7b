package io.weir.benchmarks.worker;

/** One piece of work that is run again and again, each time with a fresh {@link Run}. */
@FunctionalInterface
public interface Work {

    /** Does the work once, blocking until it is over, and puts every value that it read into the checksum. */
    void run(Run run) throws Exception;
}
