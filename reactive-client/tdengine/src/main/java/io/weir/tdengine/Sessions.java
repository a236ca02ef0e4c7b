package io.weir.tdengine;

import io.weir.core.ResultPart;
import io.weir.core.wire.LaneSettings;
import io.weir.core.wire.Lanes;
import io.weir.tdengine.session.Session;
import io.weir.tdengine.session.SessionSource;
import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.ServerVersion;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The sessions of one client: those that statements share, and those of their own. The client's end is theirs. */
final class Sessions implements Route {

    /** Nobody waits for another's answer, so one connection carries many callers. */
    private static final int CALLS_PER_WIRE = 1024;

    private final SessionSource source;
    private final Duration statementTimeout;
    private final Lanes<Session> lanes;
    private final Disposable watch;

    Sessions(SessionSource source, Duration statementTimeout) {
        this.source = source;
        this.statementTimeout = statementTimeout;
        this.lanes = new Lanes<>(
                "tdengine",
                "client of " + source,
                LaneSettings.STANDARD.withPerWire(CALLS_PER_WIRE),
                source.open(),
                source::rest,
                System::nanoTime,
                source.timers());
        this.watch = source.watch(() -> lanes.balance(source.endpoints()));
    }

    @Override
    public Flux<ResultPart> run(String sql) {
        return lanes.stay(statementTimeout, session -> session.run(session.spec(sql)));
    }

    @Override
    public Mono<Long> insert(Schemaless lines) {
        return call(session -> session.insert(lines, statementTimeout));
    }

    @Override
    public Mono<ServerVersion> version() {
        return call(session -> Mono.just(session.version()));
    }

    @Override
    public Mono<Boolean> ping() {
        return call(Session::ping);
    }

    @Override
    public Mono<Session> open() {
        return lanes.own(Duration.ZERO);
    }

    private <T> Mono<T> call(Function<? super Session, ? extends Mono<T>> call) {
        return lanes.stay(statementTimeout, call).singleOrEmpty();
    }

    @Override
    public int wires() {
        return lanes.wires();
    }

    @Override
    public Mono<Void> close() {
        return Mono.fromRunnable(watch::dispose).then(lanes.close()).then(source.close());
    }

    @Override
    public Mono<Void> onClose() {
        return lanes.onClose();
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
