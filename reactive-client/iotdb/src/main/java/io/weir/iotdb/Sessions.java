package io.weir.iotdb;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.iotdb.session.WireSession;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The sessions of one client: one that statements share, and those of their own. The client's end is theirs. */
final class Sessions implements Route {

    private final Wiring wiring;
    private final Set<WireSession> open = ConcurrentHashMap.newKeySet();
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private final Mono<WireSession> shared;
    private volatile boolean closing;

    Sessions(Wiring wiring) {
        this.wiring = wiring;
        // Lost is lost: who comes next gets a new one.
        this.shared = open().cacheInvalidateIf(session -> !session.isOpen());
    }

    /** A session of one's own. */
    Mono<WireSession> open() {
        return Mono.defer(() -> closing ? Mono.error(closedError()) : wiring.open())
                .flatMap(session -> {
                    open.add(session);
                    session.onClose().onErrorComplete().subscribe(nothing -> {}, e -> {}, () -> open.remove(session));
                    return closing ? session.close().then(Mono.error(closedError())) : Mono.just(session);
                });
    }

    @Override
    public <T> Mono<T> call(Function<? super WireSession, ? extends Mono<T>> call) {
        return shared.flatMap(call);
    }

    @Override
    public <T> Flux<T> stream(Function<? super WireSession, ? extends Flux<T>> call) {
        return shared.flatMapMany(call);
    }

    Mono<Void> close() {
        return Mono.defer(() -> {
            closing = true;
            return Flux.fromIterable(open).flatMap(WireSession::close).then(Mono.fromRunnable(closed::tryEmitEmpty));
        });
    }

    Mono<Void> onClose() {
        return closed.asMono();
    }

    private WeirException closedError() {
        return WeirException.of(ErrorKind.CLOSED, "This client (" + wiring + ") was closed: make a new one")
                .system("iotdb")
                .sent(WeirException.Sent.NO)
                .build();
    }

    @Override
    public String toString() {
        return wiring.toString();
    }
}
