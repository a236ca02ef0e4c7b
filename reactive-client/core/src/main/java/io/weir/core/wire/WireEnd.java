package io.weir.core.wire;

import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** How a wire comes to its end: who wanted it, why, and who is told. On the event loop, where nothing else is said. */
public final class WireEnd {

    private final LossReport reports;
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private volatile boolean closing;
    private boolean asked;
    private boolean gone;
    private @Nullable Throwable cause;

    WireEnd(LossReport reports) {
        this.reports = reports;
    }

    /** Whether it has begun, so that nothing new may be asked; from any thread. */
    public boolean hasBegun() {
        return closing;
    }

    /** Begins it, null: because it was asked for; false if it has begun before. */
    public boolean begin(@Nullable WeirException why) {
        if (closing) {
            return false;
        }
        closing = true;
        asked = why == null;
        if (why != null) {
            cause = why;
        }
        return true;
    }

    /** The socket has told of trouble; the first counts, and less than the reason for which one side has begun the end. */
    public void because(Throwable trouble) {
        if (cause == null) {
            cause = trouble;
        }
    }

    /** Marks that the socket is gone; false if it was marked before. */
    public boolean overOnce() {
        if (gone) {
            return false;
        }
        gone = true;
        closing = true;
        return true;
    }

    /** Whether the socket is gone. */
    public boolean isOver() {
        return gone;
    }

    /**
     * What an exchange hears that had no answer.
     *
     * @param operation null: for the wire as a whole
     */
    public WeirException loss(@Nullable String operation, @Nullable Sent sent, long sinceOut, long sinceIn) {
        return reports.lost(operation, sent, asked, cause, sinceOut, sinceIn);
    }

    /** All exchanges have been told; now those who wait for the end are. */
    public void tell(long sinceOut, long sinceIn) {
        if (asked) {
            closed.tryEmitEmpty();
        } else {
            closed.tryEmitError(cause instanceof WeirException reason ? reason : loss(null, null, sinceOut, sinceIn));
        }
    }

    Mono<Void> onClose() {
        return closed.asMono();
    }
}
