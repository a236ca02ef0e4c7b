package io.weir.core.wire;

import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * Opens wires of one kind: name resolution, TCP, TLS, whatever makes a wire of a connection, and login within one limit.
 */
public abstract class Dialer<W extends Wire> {

    private final SocketSettings settings;
    private final ConnectErrors errors;
    private final Transport transport;
    private final HostRound round;

    protected Dialer(SocketSettings settings) {
        this.settings = settings;
        this.errors = new ConnectErrors(settings);
        this.transport = new Transport(settings);
        this.round = new HostRound(settings.system(), settings.connectTimeout(), settings.nanoTime());
    }

    /**
     * Makes a wire of a connection whose TCP and TLS are done. Called and subscribed to on the connection's loop before
     * anything can have been read; the connection does not read by itself yet.
     */
    protected abstract Mono<W> open(Connection connection, Endpoint endpoint);

    /** The login is done. */
    protected void loggedIn(W wire) {}

    /** Timers on the loops on which the wires are. */
    public final Timers timers() {
        return (nanos, task) -> Timers.on(transport.loops().onClient(true).next(), nanos, task);
    }

    /**
     * Connects to one host. Cold: each subscriber opens a wire of his own. Whoever cancels, and whoever is told of a
     * failure, leaves no socket behind.
     *
     * @param login makes a session of the fresh wire; its errors are passed on, and close the wire
     */
    public final <S> Mono<S> connect(Endpoint endpoint, Function<? super W, ? extends Mono<S>> login) {
        return attempt(endpoint, settings.connectTimeout(), login);
    }

    /** Connects to the first host that lets us; see {@link HostRound#first}. */
    public final <S> Mono<S> connect(Endpoints endpoints, Function<? super W, ? extends Mono<S>> login) {
        return round.first(
                endpoints,
                (endpoint, limit, life) -> attempt(endpoint, limit, (W wire) -> {
                    life.accept(wire.onClose());
                    return login.apply(wire);
                }));
    }

    private <S> Mono<S> attempt(Endpoint endpoint, Duration limit, Function<? super W, ? extends Mono<S>> login) {
        return Mono.create(
                sink -> new Attempt<>(this, settings, transport, errors, endpoint, limit, login, sink).start());
    }
}
