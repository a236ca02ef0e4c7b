package io.weir.core.wire;

import java.util.concurrent.RejectedExecutionException;

/** The one thread on which everything about a wire happens. */
public interface WireLoop {

    /** Whether the caller is that thread. */
    boolean inLoop();

    /**
     * Runs a task there, in a later turn.
     *
     * @throws RejectedExecutionException once the loop has ended
     */
    void execute(Runnable task);
}
