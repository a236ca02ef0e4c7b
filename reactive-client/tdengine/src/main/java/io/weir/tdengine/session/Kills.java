package io.weir.tdengine.session;

import io.weir.core.ResultPart;
import io.weir.core.page.PageRows;
import io.weir.core.page.Parts;
import io.weir.core.wire.Timers;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends on the server what nobody waits for any longer. There is no message for that, so it looks for the statements by the
 * numbers of their requests among those that the server lists, and kills what it finds: all of them over one session that
 * is opened for it, a few times at most, and never what has been answered meanwhile.
 */
final class Kills implements Disposable {

    /** What is over by itself within it costs nothing; and the server lists a statement only after a while. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int TRIES = 3;
    /** More at once are left to end by themselves: a server that is so late has enough to do. */
    private static final int MOST = 256;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Mono<? extends Session> open;
    private final Timers timers;
    private final Map<Long, Wanted> wanted = new ConcurrentHashMap<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Disposable.Swap round = Disposables.swap();

    /**
     * @param open opens a session to kill from
     * @param timers runs what is due later
     */
    Kills(Mono<? extends Session> open, Timers timers) {
        this.open = open;
        this.timers = timers;
    }

    /**
     * Nobody waits for that request any longer.
     *
     * @param over whether the server has answered it
     */
    void add(BooleanSupplier over, long requestId) {
        if (wanted.size() < MOST) {
            wanted.put(requestId, new Wanted(over));
            begin();
        }
    }

    private void begin() {
        if (busy.compareAndSet(false, true)) {
            later();
        }
    }

    private void later() {
        try {
            timers.after(PAUSE.toNanos(), this::round);
        } catch (RejectedExecutionException loopsHaveEnded) {
            wanted.clear();
        }
    }

    private void round() {
        wanted.values().removeIf(Wanted::isGivenUp);
        if (wanted.isEmpty()) {
            busy.set(false);
            if (!wanted.isEmpty()) {
                begin();
            }
            return;
        }
        round.update(Mono.usingWhen(open, this::killAll, Session::close)
                .subscribe(nothing -> {}, notPossible -> later(), this::later));
    }

    /** No more is killed. */
    @Override
    public void dispose() {
        wanted.clear();
        round.dispose();
    }

    private Mono<Void> killAll(Session session) {
        Flux<ResultPart> listed =
                session.run(new StatementSpec("SELECT kill_id, query_id FROM performance_schema.perf_queries", LIMIT));
        return PageRows.of(
                        Parts.pages(listed), row -> new Listed(Objects.toString(row.getString(0), ""), row.getLong(1)))
                .filter(statement -> wanted.containsKey(statement.requestId()))
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(statement -> kill(session, statement))
                .then();
    }

    private Mono<Void> kill(Session session, Listed statement) {
        return Parts.count(session.run(new StatementSpec("KILL QUERY '" + statement.killId() + "'", LIMIT)))
                .doOnSuccess(done -> wanted.remove(statement.requestId()))
                .then()
                // It may be over by now; if it is not, it is still listed next time.
                .onErrorComplete();
    }

    private record Listed(String killId, long requestId) {}

    private static final class Wanted {

        private final BooleanSupplier over;
        private int tries;

        Wanted(BooleanSupplier over) {
            this.over = over;
        }

        boolean isGivenUp() {
            return over.getAsBoolean() || tries++ == TRIES;
        }
    }
}
