package io.weir.tdengine.session;

import io.weir.core.Backoff;
import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.wire.HostWatch;
import io.weir.core.wire.Timers;
import io.weir.http.websocket.WebSocketConnector;
import io.weir.http.websocket.WebSocketSettings;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** Sessions over the WebSocket of the adapter. */
public final class WebSocketSource implements SessionSource {

    private final Endpoints endpoints;
    private final WebSocketConnector connector;
    private final SessionSettings settings;
    private final @Nullable Kills kills;

    /**
     * @param stops whether statements that nobody waits for are ended on the server
     */
    public WebSocketSource(Endpoints endpoints, WebSocketSettings socket, SessionSettings settings, boolean stops) {
        this.endpoints = endpoints;
        this.connector = new WebSocketConnector(socket);
        this.settings = settings;
        this.kills = stops && mayLogInAgain() ? new Kills(logIn(), timers()) : null;
    }

    /** A one-time code is good for one login. */
    private boolean mayLogInAgain() {
        return settings.login().totpCode() == null;
    }

    private Mono<WireSession> logIn() {
        return connector.connect(endpoints, wire -> WireSession.login(wire, settings));
    }

    @Override
    public Mono<Session> open() {
        return logIn().doOnNext(this::listen).map(session -> session);
    }

    private void listen(WireSession session) {
        Backoff host = endpoints.backoff(session.endpoint());
        session.cutOff().subscribe(host::failed);
        Kills killer = kills;
        if (killer != null) {
            session.rpc().whenAbandoned(killer::add);
        }
    }

    @Override
    public Mono<Void> close() {
        return Mono.fromRunnable(() -> {
            if (kills != null) {
                kills.dispose();
            }
        });
    }

    @Override
    public Disposable watch(Runnable back) {
        // With one host there is nothing to move.
        return endpoints.all().size() > 1 && mayLogInAgain()
                ? new HostWatch(endpoints, this::probe, timers(), back)
                : Disposables.disposed();
    }

    /** Logs in, and asks whether the servers behind the adapter are there. */
    private Mono<Void> probe(Endpoint host) {
        return Mono.usingWhen(
                connector.connect(host, wire -> WireSession.login(wire, settings)),
                probed -> probed.ping().flatMap(alive -> alive ? Mono.empty() : Mono.error(down(host))),
                WireSession::close);
    }

    private static WeirException down(Endpoint host) {
        return WeirException.of(ErrorKind.CONNECT, host + " is there, and the servers behind it are not")
                .system("tdengine")
                .endpoint(host.toString())
                .sent(WeirException.Sent.NO)
                .build();
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
