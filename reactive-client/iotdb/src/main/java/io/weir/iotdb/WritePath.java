package io.weir.iotdb;

import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.core.wire.Deadline;
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
import java.util.function.LongSupplier;
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
        Mono<WriteOutcome<T>> write(WireSession session, List<T> todo, Deadline deadline);
    }

    /** Tells by the nodes of devices, as far as they are known, where something is to go: all of it, or in parts. */
    interface Parts<T> {
        Map<Optional<Node>, T> of(T one, Function<String, Optional<Node>> nodes);
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
    private final LongSupplier nanoTime;

    /**
     * @param nodes null: all goes over the route
     * @param limit that of the caller for one write; zero means none
     * @param nanoTime the clock by which that limit is kept
     */
    WritePath(Route route, @Nullable Nodes nodes, Retries retries, Duration limit, LongSupplier nanoTime) {
        this.route = route;
        this.nodes = nodes;
        this.retries = retries;
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /**
     * Writes; what is rejected is tried again until its time is over.
     *
     * @param parts where what of it is to go
     */
    <T> Mono<WriteOutcome<T>> write(List<T> todo, Parts<T> parts, Writer<T> writer) {
        return Mono.defer(() -> {
            Deadline deadline = Deadline.in(limit, nanoTime);
            return retries.write(todo, limit, rest -> once(rest, parts, writer, deadline.left()));
        });
    }

    /** How often and when rejected writes are tried again. */
    Retries retries() {
        return retries;
    }

    /** Writes, and leaves it to the caller what to do about rejections. */
    <T> Mono<Attempt<T>> once(List<T> todo, Parts<T> parts, Writer<T> writer) {
        return once(todo, parts, writer, limit);
    }

    private <T> Mono<Attempt<T>> once(List<T> todo, Parts<T> parts, Writer<T> writer, Duration left) {
        Nodes known = nodes;
        if (known == null || known.isEmpty()) {
            return usual(todo, writer, left);
        }
        return Mono.defer(() -> {
            Map<Optional<Node>, List<T>> byNode = new LinkedHashMap<>();
            todo.forEach(one -> parts.of(one, device -> Optional.ofNullable(known.of(device)))
                    .forEach((node, part) -> byNode.computeIfAbsent(node, first -> new ArrayList<>())
                            .add(part)));
            return byNode.isEmpty()
                    ? usual(todo, writer, left)
                    : Flux.fromIterable(byNode.entrySet())
                            .flatMapSequential(part -> part.getKey()
                                    .map(node -> at(node, part.getValue(), writer, left))
                                    .orElseGet(() -> usual(part.getValue(), writer, left)))
                            .reduce(Attempt::plus);
        });
    }

    private <T> Mono<Attempt<T>> usual(List<T> todo, Writer<T> writer, Duration left) {
        return route.call(left, (session, deadline) -> attempt(session, todo, writer, deadline));
    }

    private <T> Mono<Attempt<T>> attempt(WireSession session, List<T> todo, Writer<T> writer, Deadline deadline) {
        return writer.write(session, todo, deadline)
                .map(outcome -> new Attempt<>(session, outcome))
                .doOnNext(retries::heard);
    }

    /** What could not be sent there goes the usual way. */
    private <T> Mono<Attempt<T>> at(Node node, List<T> todo, Writer<T> writer, Duration left) {
        AtomicBoolean begun = new AtomicBoolean();
        Deadline all = Deadline.in(left, nanoTime);
        return node.wires()
                .stay(left, (session, deadline) -> {
                    begun.set(true);
                    return attempt(session, todo, writer, deadline);
                })
                .singleOrEmpty()
                .flatMap(attempt -> {
                    if (!attempt.outcome().isOver()) {
                        return Mono.just(attempt);
                    }
                    node.forget();
                    return attempt.outcome().result().hasEffect()
                            ? Mono.just(attempt)
                            : usual(todo, writer, all.left());
                })
                .onErrorResume(
                        error -> !begun.get() || (error instanceof WeirException known && known.sent() == Sent.NO),
                        error -> {
                            node.forget();
                            return usual(todo, writer, all.left());
                        });
    }
}
