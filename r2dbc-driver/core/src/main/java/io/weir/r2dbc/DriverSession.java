package io.weir.r2dbc;

import io.weir.core.Held;
import io.weir.core.ResultPart;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a system supplies to be an R2DBC driver: one logged-in session. Everything is lazy and non-blocking; all rules of
 * the SPI (null checks, states, closed connections, results consumed once) are kept above it.
 */
public interface DriverSession extends Held {

    /** What this store is and can do. Known without asking the server. */
    SessionTraits traits();

    /**
     * Runs a command. Cold: each subscription runs it once.
     *
     * <p>Parts come by demand; every result, one per statement and binding, ends with {@link ResultPart.End}. A refusal
     * by the store is a {@link ResultPart.Failure} part, the loss of the connection an error signal. Cancelling stops the
     * command on the server as far as that can be told, drains or discards what is still coming, and leaves the session as
     * clean as after a finished command. Pages in flight at that moment are released by the session.
     */
    Flux<ResultPart> run(Command command);

    /** How to run transactions; null if the store has none. */
    @Nullable Transactions transactions();

    /** Puts zone, database and the like back to what they were after login. */
    Mono<Void> reset();
}
