package io.weir.tdengine.session;

import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.wire.Lane;
import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.ServerVersion;
import java.time.Duration;
import java.time.ZoneId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One login, whatever way leads to the server. Where a way can not do something, it says so and names one that can. */
public interface Session extends Lane {

    /** The statement with the session's limit of time. */
    StatementSpec spec(String sql);

    /** Runs a statement for each subscriber, at his first demand. */
    Flux<ResultPart> run(StatementSpec spec);

    /** Prepares a statement, which the caller closes. */
    Mono<Prepared> prepare(String sql);

    /** Writes lines without a schema, and tells how many rows they became. */
    Mono<Long> insert(Schemaless lines, Duration timeout);

    /** Changes the time zone, in which the server reads and we show times without one. */
    Mono<Void> zone(ZoneId zone);

    /** The current database; empty if there is none. */
    Mono<String> database();

    /** Puts zone and database back to what they were after login. */
    Mono<Void> reset();

    /** Asks the servers for a sign of life; false if they are down, or after ten seconds without. */
    default Mono<Boolean> ping() {
        return run(new StatementSpec("SHOW CLUSTER ALIVE", Duration.ofSeconds(10)))
                .map(Session::isSignOfLife)
                .all(alive -> alive)
                .onErrorReturn(false);
    }

    private static boolean isSignOfLife(ResultPart part) {
        if (part instanceof Page page) {
            try (page) {
                return page.size() == 0 || page.row(0).getLong(0) != 0;
            }
        }
        // Whoever refuses is there, unless he says himself that he is cut off.
        return !(part instanceof ResultPart.Failure refusal) || refusal.error().kind() != ErrorKind.CLOSED;
    }

    boolean isOpen();

    /** The connection's name in logs and errors. */
    String id();

    ServerVersion version();

    /** In which moments are shown. */
    ZoneId shownZone();
}
