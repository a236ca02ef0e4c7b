package io.weir.tdengine;

import io.weir.core.ResultPart;
import io.weir.tdengine.session.LastingSession;
import io.weir.tdengine.session.Prepared;
import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.ServerVersion;
import java.time.Duration;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How a client's statements travel. */
interface Route {

    /** With the client's limit of time. */
    Flux<ResultPart> run(String sql);

    Flux<ResultPart> run(String sql, Duration timeout);

    <T> Flux<T> withStatement(String sql, Function<? super Prepared, ? extends Publisher<T>> work);

    Mono<Long> insert(Schemaless lines);

    /** A session of one's own. */
    Mono<LastingSession> open();

    Mono<ServerVersion> version();

    Mono<Boolean> ping();

    /** How many connections with a session there are. */
    int wires();

    boolean isOpen();

    Mono<Void> close();

    Mono<Void> onClose();
}
