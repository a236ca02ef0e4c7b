package io.weir.core.wire;

import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * Opens wires of one kind: name resolution, TCP, TLS, whatever makes a wire of a connection, and login within one limit.
 */
public abstract class Dialer<W extends Wire> {

    /** Another host would say the same, and trying passwords all over a cluster locks accounts. */
    static final Set<ErrorKind> FINAL =
            EnumSet.of(ErrorKind.AUTH, ErrorKind.PERMISSION, ErrorKind.BAD_REQUEST, ErrorKind.UNSUPPORTED);

    private final SocketSettings settings;
    private final ConnectErrors errors;
    private final Transport transport;

    protected Dialer(SocketSettings settings) {
        this.settings = settings;
        this.errors = new ConnectErrors(settings);
        this.transport = new Transport(settings);
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

    /**
     * Connects to the first host that lets us, within one limit for all: a host gets an equal share of the time that is
     * left, so that one that does not answer leaves time for the next. What happens, the loss of the wire included, is
     * remembered in the endpoints' back-offs and counts.
     */
    public final <S> Mono<S> connect(Endpoints endpoints, Function<? super W, ? extends Mono<S>> login) {
        return Mono.defer(() -> next(endpoints, endpoints.candidates(), 0, now(), new ArrayList<>(), login));
    }

    private <S> Mono<S> next(
            Endpoints endpoints,
            List<Endpoint> candidates,
            int index,
            long start,
            List<WeirException> failures,
            Function<? super W, ? extends Mono<S>> login) {
        Endpoint endpoint = candidates.get(index);
        Seat seat = new Seat(endpoints, endpoint);
        return attempt(endpoint, share(start, candidates.size() - index), (W wire) -> {
                    seat.of(wire);
                    return login.apply(wire);
                })
                .doOnSuccess(session -> seat.taken())
                .doOnError(e -> seat.leave())
                .doOnCancel(seat::leave)
                .onErrorResume(WeirException.class, e -> {
                    if (FINAL.contains(e.kind())) {
                        return Mono.error(e);
                    }
                    endpoints.backoff(endpoint).failed(e);
                    failures.add(e);
                    return index + 1 < candidates.size()
                            ? next(endpoints, candidates, index + 1, start, failures, login)
                            : Mono.error(errors.all(failures));
                });
    }

    private <S> Mono<S> attempt(Endpoint endpoint, Duration limit, Function<? super W, ? extends Mono<S>> login) {
        return Mono.create(
                sink -> new Attempt<>(this, settings, transport, errors, endpoint, limit, login, sink).start());
    }

    private Duration share(long start, int hosts) {
        Duration limit = settings.connectTimeout();
        if (limit.isZero()) {
            return limit;
        }
        long left = limit.toNanos() - (now() - start);
        return Duration.ofNanos(Math.max(1, left / hosts));
    }

    private long now() {
        return settings.nanoTime().getAsLong();
    }
}
