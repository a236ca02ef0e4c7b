package io.weir.tdengine.session;

import io.weir.core.Endpoints;
import io.weir.core.wire.Timers;
import io.weir.http.websocket.WebSocketConnector;
import io.weir.http.websocket.WebSocketSettings;
import reactor.core.publisher.Mono;

/** Consumers over the WebSocket of the adapter. */
public final class WebSocketConsumers implements ConsumerSource {

    private final Endpoints endpoints;
    private final WebSocketConnector connector;

    /** @param socket with the path of subscriptions */
    public WebSocketConsumers(Endpoints endpoints, WebSocketSettings socket) {
        this.endpoints = endpoints;
        this.connector = new WebSocketConnector(socket);
    }

    @Override
    public Mono<ConsumerWire> subscribe(ConsumerSettings settings) {
        return connector.connect(endpoints, wire -> WebSocketConsumer.subscribe(wire, settings));
    }

    @Override
    public Timers timers() {
        return connector.timers();
    }
}
