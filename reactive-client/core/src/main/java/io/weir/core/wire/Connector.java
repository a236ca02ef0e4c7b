package io.weir.core.wire;

import io.weir.core.Endpoint;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/** Opens FIFO wires. */
public final class Connector extends Dialer<FifoWire> {

    private final WireSettings settings;

    public Connector(WireSettings settings) {
        super(settings.socket());
        this.settings = settings;
    }

    @Override
    protected Mono<FifoWire> open(Connection connection, Endpoint endpoint) {
        FifoWire wire = FifoWire.on(connection.channel(), endpoint, settings);
        connection.addHandlerLast("weir", wire.handler());
        return Mono.just(wire);
    }

    @Override
    protected void loggedIn(FifoWire wire) {
        wire.execute(wire.handler()::beginReading);
    }
}
