package io.weir.iotdb;

import io.weir.core.wire.Deadline;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.type.CallLimits;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How a call gets to a session: a session's own calls go straight to it, those of a client travel on one that callers
 * share. What is asked of a client and of a session alike is written once, over this.
 *
 * <p>A call learns how much time it has left when it has got a session: waiting for one is part of it.
 */
interface Route {

    /**
     * A call with one answer. Cold: the session is chosen for each subscriber. It must not change the session.
     *
     * @param limit for all of it; zero: none; null: that of the client
     */
    <T> Mono<T> call(
            @Nullable Duration limit, BiFunction<? super WireSession, ? super Deadline, ? extends Mono<T>> call);

    /** The same with the client's limit. */
    default <T> Mono<T> call(BiFunction<? super WireSession, ? super Deadline, ? extends Mono<T>> call) {
        return call(null, call);
    }

    /** A call that answers with a stream, and gets its limits with the time that is left. */
    <T> Flux<T> stream(CallLimits limits, BiFunction<? super WireSession, ? super CallLimits, ? extends Flux<T>> call);

    /** The route to one session. */
    static Route to(WireSession session) {
        return new Route() {
            @Override
            public <T> Mono<T> call(
                    @Nullable Duration limit,
                    BiFunction<? super WireSession, ? super Deadline, ? extends Mono<T>> call) {
                return Mono.defer(() -> call.apply(session, session.deadline(limit)));
            }

            @Override
            public <T> Flux<T> stream(
                    CallLimits limits, BiFunction<? super WireSession, ? super CallLimits, ? extends Flux<T>> call) {
                return Flux.defer(() -> call.apply(session, limits));
            }
        };
    }
}
