package io.weir.iotdb;

import io.weir.iotdb.session.WireSession;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** How writes get to a server: over a route, and again where the server was too busy for them. */
final class WritePath {

    /** Sends on one session. Fails only if nothing was sent. */
    interface Writer<T> {
        Mono<WriteOutcome<T>> write(WireSession session, List<T> todo);
    }

    /** Where it went, and what became of it. */
    record Attempt<T>(WireSession session, WriteOutcome<T> outcome) {}

    private final Route route;
    private final Retries retries;
    private final Duration limit;

    /** @param limit that of the caller for one write; zero means none */
    WritePath(Route route, Retries retries, Duration limit) {
        this.route = route;
        this.retries = retries;
        this.limit = limit;
    }

    /** Writes; what is rejected is tried again until its time is over. */
    <T> Mono<WriteOutcome<T>> write(List<T> todo, Writer<T> writer) {
        return retries.write(todo, limit, rest -> once(rest, writer));
    }

    /** Writes, and leaves it to the caller what to do about rejections. */
    <T> Mono<Attempt<T>> once(List<T> todo, Writer<T> writer) {
        return route.call(session -> writer.write(session, todo).map(outcome -> new Attempt<>(session, outcome)));
    }
}
