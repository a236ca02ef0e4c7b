package io.weir.iotdb;

import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.iotdb.Nodes.Node;
import io.weir.iotdb.session.WireSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How writes get to a server: over a route or, where a node was named for their device, to that one; and again where the
 * server was too busy for them.
 */
final class WritePath {

    /** Sends on one session. Fails only if nothing was sent. */
    interface Writer<T> {
        Mono<WriteOutcome<T>> write(WireSession session, List<T> todo);
    }

    /** Where it went, and what became of it. */
    record Attempt<T>(WireSession session, WriteOutcome<T> outcome) {

        /** Both together; the session is one that has rejected something, if one has. */
        Attempt<T> plus(Attempt<T> other) {
            return new Attempt<>(outcome.rejected().isEmpty() ? other.session : session, outcome.plus(other.outcome));
        }
    }

    private final Route route;
    private final @Nullable Nodes nodes;
    private final Retries retries;
    private final Duration limit;

    /**
     * @param nodes null: all goes over the route
     * @param limit that of the caller for one write; zero means none
     */
    WritePath(Route route, @Nullable Nodes nodes, Retries retries, Duration limit) {
        this.route = route;
        this.nodes = nodes;
        this.retries = retries;
        this.limit = limit;
    }

    /**
     * Writes; what is rejected is tried again until its time is over.
     *
     * @param device of one of them; null where it is about several
     */
    <T> Mono<WriteOutcome<T>> write(List<T> todo, Function<T, @Nullable String> device, Writer<T> writer) {
        return retries.write(todo, limit, rest -> once(rest, device, writer));
    }

    /** How often and when rejected writes are tried again. */
    Retries retries() {
        return retries;
    }

    /** Writes, and leaves it to the caller what to do about rejections. */
    <T> Mono<Attempt<T>> once(List<T> todo, Function<T, @Nullable String> device, Writer<T> writer) {
        Nodes known = nodes;
        if (known == null) {
            return usual(todo, writer);
        }
        return Mono.defer(() -> {
            Map<Optional<Node>, List<T>> byNode = new LinkedHashMap<>();
            todo.forEach(one -> byNode.computeIfAbsent(
                            Optional.ofNullable(known.of(device.apply(one))), node -> new ArrayList<>())
                    .add(one));
            return byNode.isEmpty()
                    ? usual(todo, writer)
                    : Flux.fromIterable(byNode.entrySet())
                            .flatMapSequential(part -> part.getKey()
                                    .map(node -> at(node, part.getValue(), writer))
                                    .orElseGet(() -> usual(part.getValue(), writer)))
                            .reduce(Attempt::plus);
        });
    }

    private <T> Mono<Attempt<T>> usual(List<T> todo, Writer<T> writer) {
        return route.call(session -> attempt(session, todo, writer));
    }

    private <T> Mono<Attempt<T>> attempt(WireSession session, List<T> todo, Writer<T> writer) {
        return writer.write(session, todo)
                .map(outcome -> new Attempt<>(session, outcome))
                .doOnNext(retries::heard);
    }

    /** What could not be sent there goes the usual way. */
    private <T> Mono<Attempt<T>> at(Node node, List<T> todo, Writer<T> writer) {
        AtomicBoolean begun = new AtomicBoolean();
        return node.wires()
                .stay(limit, session -> {
                    begun.set(true);
                    return attempt(session, todo, writer);
                })
                .singleOrEmpty()
                .flatMap(attempt -> {
                    if (!attempt.outcome().isOver()) {
                        return Mono.just(attempt);
                    }
                    node.forget();
                    return attempt.outcome().result().hasEffect() ? Mono.just(attempt) : usual(todo, writer);
                })
                .onErrorResume(
                        error -> !begun.get() || (error instanceof WeirException known && known.sent() == Sent.NO),
                        error -> {
                            node.forget();
                            return usual(todo, writer);
                        });
    }
}
