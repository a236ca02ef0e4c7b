package io.weir.core.wire;

import io.weir.core.Endpoint;
import reactor.core.publisher.Mono;

/**
 * One connection among those of which {@link Lanes} choose. All figures are a moment's; they are read from any thread and
 * often, so they must be cheap.
 */
public interface Lane {

    /** Whose it is. */
    Endpoint endpoint();

    /** How many requests are without an answer, those included that nobody waits for any longer. */
    int pending();

    /** Nanoseconds for which the request whose turn it is has kept those behind it waiting; 0 where none does. */
    long headAge();

    /** Whether somebody does not take what came for him, so that those behind him wait. */
    boolean isHeldBack();

    /** Whether it takes new work: neither closed nor lost, and its session is still as it was after login. */
    boolean isFit();

    /** Closes it once subscribed. Never fails. */
    Mono<Void> close();

    /** Ends when it is closed or lost. */
    Mono<Void> onClose();

    /** Whom to tell that a request was answered or a reader takes again. At most one; it is called often. */
    void whenFree(Runnable listener);
}
