package io.weir.tdengine.session;

import io.weir.core.Endpoints;
import io.weir.core.wire.Timers;
import io.weir.http.websocket.WebSocketConnector;
import io.weir.http.websocket.WebSocketSettings;
import reactor.core.publisher.Mono;

/** Sessions over the WebSocket of the adapter. */
public final class WebSocketSource implements SessionSource {

    private final Endpoints endpoints;
    private final WebSocketConnector connector;
    private final SessionSettings settings;

    public WebSocketSource(Endpoints endpoints, WebSocketSettings socket, SessionSettings settings) {
        this.endpoints = endpoints;
        this.connector = new WebSocketConnector(socket);
        this.settings = settings;
    }

    @Override
    public Mono<Session> open() {
        return connector
                .connect(endpoints, wire -> WireSession.login(wire, settings))
                .doOnNext(this::watch)
                .map(session -> session);
    }

    /** A host that loses its connections is not the first to be asked for new ones. */
    private void watch(Session opened) {
        opened.onClose()
                .subscribe(
                        nothing -> {},
                        lost -> endpoints.backoff(opened.endpoint()).failed(lost));
    }

    @Override
    public Endpoints endpoints() {
        return endpoints;
    }

    @Override
    public Timers timers() {
        return connector.timers();
    }

    @Override
    public String toString() {
        return settings.who() + " at " + endpoints;
    }
}
