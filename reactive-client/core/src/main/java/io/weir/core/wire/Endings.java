package io.weir.core.wire;

import io.weir.core.WeirException;

/** Tells an exchange, and whoever listens to the client, how the exchange has ended. */
final class Endings {

    private final FifoWire wire;

    Endings(FifoWire wire) {
        this.wire = wire;
    }

    void failed(Exchange exchange, WeirException error) {
        wire.guarded(() -> exchange.failOnce(error));
        ended(exchange);
    }

    void ended(Exchange exchange) {
        if (exchange.endOnce()) {
            wire.exchanged(exchange.operation(), exchange.startedAt, exchange.failure(), exchange.isCancelled());
            wire.guarded(exchange::ended);
        }
    }
}
