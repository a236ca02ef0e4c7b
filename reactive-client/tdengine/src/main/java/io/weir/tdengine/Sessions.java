package io.weir.tdengine;

import io.weir.core.ResultPart;
import io.weir.core.wire.Deadline;
import io.weir.core.wire.LaneSettings;
import io.weir.core.wire.Lanes;
import io.weir.tdengine.session.LastingSession;
import io.weir.tdengine.session.Names;
import io.weir.tdengine.session.Prepared;
import io.weir.tdengine.session.Session;
import io.weir.tdengine.session.SessionSource;
import io.weir.tdengine.session.StatementSpec;
import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.ServerVersion;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The sessions of one client: those that statements share, and those of their own. The client's end is theirs. */
final class Sessions implements Route {

    private final SessionSource source;
    private final Duration statementTimeout;
    private final Lanes<LastingSession> lanes;
    private final Disposable watch;

    /**
     * @param keptStatements how many prepared statements each session keeps while nobody uses them
     * @param nanoTime the clock by which calls are timed
     */
    Sessions(
            SessionSource source,
            Duration statementTimeout,
            LaneSettings settings,
            int keptStatements,
            LongSupplier nanoTime) {
        Names names = new Names();
        this.source = source;
        this.statementTimeout = statementTimeout;
        this.lanes = new Lanes<>(
                "tdengine",
                "client of " + source,
                settings,
                source.open().map(session -> new LastingSession(session, names, keptStatements)),
                source::rest,
                nanoTime,
                source.timers());
        this.watch = source.watch(() -> lanes.balance(source.endpoints()));
    }

    @Override
    public Flux<ResultPart> run(String sql) {
        return run(sql, statementTimeout);
    }

    @Override
    public Flux<ResultPart> run(String sql, Duration timeout) {
        return lanes.stay(timeout, (session, deadline) -> session.run(new StatementSpec(sql, deadline.left())));
    }

    @Override
    public <T> Flux<T> withStatement(String sql, Function<? super Prepared, ? extends Publisher<T>> work) {
        return lanes.stay(Duration.ZERO, (session, deadline) -> session.withStatement(sql, work));
    }

    @Override
    public Mono<Long> insert(Schemaless lines) {
        return call((session, deadline) -> session.insert(lines, deadline.left()));
    }

    @Override
    public Mono<ServerVersion> version() {
        return call((session, deadline) -> Mono.just(session.version()));
    }

    @Override
    public Mono<Boolean> ping() {
        return call((session, deadline) -> session.ping());
    }

    @Override
    public Mono<LastingSession> open() {
        return lanes.own(Duration.ZERO);
    }

    private <T> Mono<T> call(BiFunction<? super Session, ? super Deadline, ? extends Mono<T>> call) {
        return lanes.stay(statementTimeout, (session, deadline) -> call.apply(session.session(), deadline))
                .singleOrEmpty();
    }

    @Override
    public int wires() {
        return lanes.wires();
    }

    @Override
    public boolean isOpen() {
        return lanes.isOpen();
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
