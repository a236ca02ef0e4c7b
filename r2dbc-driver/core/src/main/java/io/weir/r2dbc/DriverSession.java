package io.weir.r2dbc;

import io.weir.core.Held;
import io.weir.core.ResultPart;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What a system supplies to be an R2DBC driver: one logged-in session. Everything is lazy and non-blocking, and may be
 * called from any thread; all rules of the SPI (null checks, states, closed connections, results consumed once,
 * time-outs) are kept above it. Errors are {@link io.weir.core.WeirException}s; they are translated above it.
 */
public interface DriverSession extends Held {

    /** What this store is and can do. Known without asking the server. */
    SessionTraits traits();

    /** The connection's id, as log lines begin with it. */
    String id();

    /** Host and port, for errors. */
    String endpoint();

    /** Whether it is neither closed nor lost, as far as is known without asking the server. */
    boolean isOpen();

    /**
     * Runs a command. Cold: each subscription runs it once.
     *
     * <p>Parts come by demand; every result, one per statement and binding, ends with {@link ResultPart.End}. A refusal
     * by the store is a {@link ResultPart.Failure} part, the loss of the connection an error signal. Cancelling stops the
     * command on the server as far as that can be told, drains or discards what is still coming, and leaves the session as
     * clean as after a finished command; a cancel after the last {@code End} stops nothing and costs nothing. Pages in
     * flight at the moment of a cancel are released by the session; a page that was emitted belongs to the subscriber.
     *
     * <p>A result that is handed out and never read is cancelled from above after
     * {@link ConnectionSettings#unreadResultTimeout()}.
     */
    Flux<ResultPart> run(Command command);

    /** How to run transactions; null if the store has none. */
    @Nullable Transactions transactions();

    /** Puts zone, database and the like back to what they were after login. */
    Mono<Void> reset();

    /** The system's own public session, which {@code unwrap} on the connection leads to. */
    default Object unwrap() {
        return this;
    }

    /** The event loop on which the session lives, so that timers and pools need not hop; null if it has none of its own. */
    default @Nullable Scheduler scheduler() {
        return null;
    }
}
