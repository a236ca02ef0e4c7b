package io.weir.iotdb;

import io.weir.iotdb.session.WireSession;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How a call gets to a session: a session's own calls go straight to it, those of a client travel on one that callers
 * share. What is asked of a client and of a session alike is written once, over this.
 */
interface Route {

    /** A call with one answer. Cold: the session is chosen for each subscriber. It must not change the session. */
    <T> Mono<T> call(Function<? super WireSession, ? extends Mono<T>> call);

    /** A call that answers with a stream. */
    <T> Flux<T> stream(Function<? super WireSession, ? extends Flux<T>> call);

    /** The route to one session. */
    static Route to(WireSession session) {
        return new Route() {
            @Override
            public <T> Mono<T> call(Function<? super WireSession, ? extends Mono<T>> call) {
                return Mono.defer(() -> call.apply(session));
            }

            @Override
            public <T> Flux<T> stream(Function<? super WireSession, ? extends Flux<T>> call) {
                return Flux.defer(() -> call.apply(session));
            }
        };
    }
}
