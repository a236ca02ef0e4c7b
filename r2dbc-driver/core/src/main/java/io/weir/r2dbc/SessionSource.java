package io.weir.r2dbc;

import reactor.core.publisher.Mono;

/** What a system supplies to be an R2DBC connection factory: where sessions come from. */
public interface SessionSource {

    /** The product's name, known without contacting a server: the name that Spring and others choose a dialect by. */
    String product();

    /**
     * Opens a session: connect, TLS, login. Lazy: each subscription opens one of its own; cancelling gives up whatever is
     * half made.
     */
    Mono<? extends DriverSession> open();

    /** Gives back what the sessions share. Idempotent. */
    Mono<Void> close();

    /** The client or settings behind, which {@code unwrap} on the factory leads to. */
    default Object unwrap() {
        return this;
    }

    /** Host, port, database and user; a secret never, not even its length. */
    @Override
    String toString();
}
