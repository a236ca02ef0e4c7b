package io.weir.iotdb;

import io.weir.core.wire.Deadline;
import io.weir.core.wire.Lanes;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.type.CallLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The sessions of one client: those that statements share, and those of their own. The client's end is theirs. */
final class Sessions implements Route {

    private final Wiring wiring;
    private final Lanes<WireSession> lanes;
    private final @Nullable Nodes nodes;
    private final Disposable watch;

    Sessions(Wiring wiring) {
        this.wiring = wiring;
        this.nodes = wiring.nodes();
        this.lanes = new Lanes<>(
                "iotdb",
                "client of " + wiring,
                wiring.lanes(),
                wiring.room(),
                wiring.open(),
                wiring::rest,
                wiring.nanoTime(),
                wiring.timers());
        this.watch = wiring.watch(() -> lanes.balance(wiring.endpoints()));
    }

    /** How writes travel that are not bound to a session. */
    WritePath writePath() {
        return wiring.writePath(this, nodes);
    }

    /** A session of one's own. */
    Mono<WireSession> open() {
        return lanes.own(Duration.ZERO);
    }

    @Override
    public <T> Mono<T> call(
            @Nullable Duration limit, BiFunction<? super WireSession, ? super Deadline, ? extends Mono<T>> call) {
        // A write may be split into several requests.
        return lanes.stay(whole(limit), call).singleOrEmpty();
    }

    @Override
    public <T> Flux<T> stream(
            CallLimits limits, BiFunction<? super WireSession, ? super CallLimits, ? extends Flux<T>> call) {
        return lanes.use(
                whole(limits.timeout()),
                (session, deadline) -> call.apply(session, limits.withTimeout(deadline.left())));
    }

    /** The same on a session that is opened for it and closed afterwards, because it does not stay as it was. */
    <T> Flux<T> alone(CallLimits limits, BiFunction<? super WireSession, ? super CallLimits, ? extends Flux<T>> call) {
        return Flux.defer(() -> {
            Deadline deadline = wiring.deadline(whole(limits.timeout()));
            return Flux.usingWhen(
                    lanes.own(deadline.left()),
                    session -> call.apply(session, limits.withTimeout(deadline.left())),
                    WireSession::close);
        });
    }

    private Duration whole(@Nullable Duration limit) {
        return Objects.requireNonNullElse(limit, wiring.statementTimeout());
    }

    /** How many connections there are. */
    int wires() {
        return lanes.wires() + (nodes == null ? 0 : nodes.wires());
    }

    boolean isOpen() {
        return lanes.isOpen();
    }

    Mono<Void> close() {
        return Mono.fromRunnable(watch::dispose)
                .then(nodes == null ? Mono.empty() : nodes.close())
                .then(lanes.close());
    }

    Mono<Void> onClose() {
        return lanes.onClose();
    }

    @Override
    public String toString() {
        return wiring.toString();
    }
}
