package io.weir.tdengine;

import io.weir.core.ResultPart;
import io.weir.tdengine.session.Session;
import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.ServerVersion;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How a client's statements travel. */
interface Route {

    Flux<ResultPart> run(String sql);

    Mono<Long> insert(Schemaless lines);

    /** A session of one's own. */
    Mono<Session> open();

    Mono<ServerVersion> version();

    Mono<Boolean> ping();

    /** How many connections with a session there are. */
    int wires();

    Mono<Void> close();

    Mono<Void> onClose();
}
