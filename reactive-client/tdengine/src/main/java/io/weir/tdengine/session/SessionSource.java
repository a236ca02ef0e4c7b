package io.weir.tdengine.session;

import io.weir.core.Endpoints;
import io.weir.core.wire.Timers;
import java.time.Duration;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** Where sessions come from: how they are opened, and what they share. Its text names user and hosts, and no secret. */
public interface SessionSource {

    /** Opens a session with the first host that lets us. Cold. */
    Mono<Session> open();

    Endpoints endpoints();

    /** On the event loops of the sessions. */
    Timers timers();

    /** How long all hosts should still be left alone. */
    default Duration rest() {
        return endpoints().rest();
    }

    /** Tells when a host that had failed is back, as long as it is not disposed of. */
    default Disposable watch(Runnable back) {
        return Disposables.disposed();
    }

    /** Gives back what the sessions shared, once they are closed. Never fails. */
    default Mono<Void> close() {
        return Mono.empty();
    }
}
