package io.weir.iotdb;

import io.weir.core.wire.Lanes;
import io.weir.iotdb.session.WireSession;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
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
                System::nanoTime,
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
    public <T> Mono<T> call(Function<? super WireSession, ? extends Mono<T>> call) {
        // A write may be split into several requests.
        return lanes.stay(wiring.statementTimeout(), call).singleOrEmpty();
    }

    @Override
    public <T> Flux<T> stream(Function<? super WireSession, ? extends Flux<T>> call) {
        return stream(null, call);
    }

    /**
     * The same for a statement with a limit of time of its own.
     *
     * @param limit null: that of the client; zero: none
     */
    <T> Flux<T> stream(@Nullable Duration limit, Function<? super WireSession, ? extends Flux<T>> call) {
        return lanes.use(Objects.requireNonNullElse(limit, wiring.statementTimeout()), call);
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
