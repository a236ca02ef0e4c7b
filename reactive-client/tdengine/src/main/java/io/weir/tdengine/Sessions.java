package io.weir.tdengine;

import io.weir.core.wire.Lanes;
import io.weir.tdengine.session.WireSession;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The sessions of one client: those that statements share, and those of their own. The client's end is theirs. */
final class Sessions {

    private final Wiring wiring;
    private final Lanes<WireSession> lanes;

    Sessions(Wiring wiring) {
        this.wiring = wiring;
        this.lanes = new Lanes<>(
                "tdengine",
                "client of " + wiring,
                wiring.lanes(),
                wiring.open(),
                wiring::rest,
                System::nanoTime,
                wiring.timers());
    }

    /** A session of one's own. */
    Mono<WireSession> open() {
        return lanes.own(Duration.ZERO);
    }

    <T> Mono<T> call(Function<? super WireSession, ? extends Mono<T>> call) {
        return lanes.stay(wiring.statementTimeout(), call).singleOrEmpty();
    }

    <T> Flux<T> stream(Function<? super WireSession, ? extends Flux<T>> call) {
        return lanes.stay(wiring.statementTimeout(), call);
    }

    /** How many connections there are. */
    int wires() {
        return lanes.wires();
    }

    Mono<Void> close() {
        return lanes.close();
    }

    Mono<Void> onClose() {
        return lanes.onClose();
    }

    @Override
    public String toString() {
        return wiring.toString();
    }
}
