package io.weir.benchmarks.worker;

/** A client got stuck by a fault of its own: the sample means nothing, and the work is done once more. */
public final class Stalled extends Exception {

    private static final long serialVersionUID = 1;

    public Stalled(Throwable cause) {
        super(cause);
    }
}
