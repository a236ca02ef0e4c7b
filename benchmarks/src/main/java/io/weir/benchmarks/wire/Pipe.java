package io.weir.benchmarks.wire;

/** One socket to which questions go and from which answers come in their order. */
interface Pipe extends AutoCloseable {

    /** Asks; the answer is reported on the pipe's event loop. */
    void ask(Runnable answered);

    @Override
    void close();
}
