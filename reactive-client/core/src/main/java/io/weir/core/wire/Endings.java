package io.weir.core.wire;

import io.weir.core.ClientEvents;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.time.Duration;
import reactor.core.Exceptions;

/** Tells an exchange, and whoever listens to the client, how the exchange has ended. */
final class Endings {

    private final FifoWire wire;
    private final ClientEvents events;

    Endings(FifoWire wire) {
        this.wire = wire;
        this.events = wire.settings().socket().events();
    }

    void failed(Exchange exchange, WeirException error) {
        guarded(() -> exchange.failOnce(error));
        ended(exchange);
    }

    void ended(Exchange exchange) {
        if (exchange.endOnce()) {
            if (events != ClientEvents.NONE) {
                tell(exchange);
            }
            guarded(exchange::ended);
        }
    }

    /** What others do in their callbacks must not keep the next one from hearing. */
    void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable t) {
            Exceptions.throwIfJvmFatal(t);
            WireLog.LOG.warn("[{}] A callback failed; the wire goes on", wire.id(), t);
        }
    }

    private void tell(Exchange exchange) {
        Duration took = Duration.ofNanos(wire.now() - exchange.startedAt);
        ErrorKind failure = exchange.failure();
        String system = wire.settings().socket().system();
        String endpoint = wire.endpoint().toString();
        if (failure != null) {
            events.exchangeFailed(system, endpoint, exchange.operation(), took, failure);
        } else if (!exchange.isCancelled()) {
            events.exchanged(system, endpoint, exchange.operation(), took);
        }
    }
}
