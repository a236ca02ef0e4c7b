package io.weir.tdengine.session;

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

    /** Asks the server for a sign of life; false also when it says that its database is down. */
    Mono<Boolean> ping();

    boolean isOpen();

    /** The connection's name in logs and errors. */
    String id();

    ServerVersion version();

    /** In which moments are shown. */
    ZoneId shownZone();
}
