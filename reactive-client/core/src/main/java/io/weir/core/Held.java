package io.weir.core;

import reactor.core.publisher.Mono;

/** Whatever can be held and watched: a connection, a session, a client. */
public interface Held {

    /** Asks the other side. Emits true or false, never an error, never nothing. */
    Mono<Boolean> ping();

    /** Gives everything back. Completes when it is done; closing again completes as well. */
    Mono<Void> close();

    /** Completes when it has been closed, and fails with the reason when it was lost. */
    Mono<Void> onClose();
}
