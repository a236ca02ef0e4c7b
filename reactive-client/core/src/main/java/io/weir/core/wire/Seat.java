package io.weir.core.wire;

import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/** One connection, or one attempt at it, as its host's count knows it. */
final class Seat {

    private final Endpoints endpoints;
    private final Endpoint endpoint;
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile boolean taken;

    Seat(Endpoints endpoints, Endpoint endpoint) {
        this.endpoints = endpoints;
        this.endpoint = endpoint;
        endpoints.opening(endpoint);
    }

    /** It is over when this one is. */
    void of(Mono<Void> closed) {
        closed.subscribe(nothing -> {}, this::lost, this::leave);
    }

    /** There is a session. */
    void taken() {
        taken = true;
        endpoints.backoff(endpoint).succeeded();
    }

    void leave() {
        if (left.compareAndSet(false, true)) {
            endpoints.ended(endpoint);
        }
    }

    private void lost(Throwable reason) {
        // Before that it is the attempt that has failed, and is counted as one.
        if (taken) {
            endpoints.backoff(endpoint).failed(reason);
        }
        leave();
    }
}
