package io.weir.tdengine.session;

import io.weir.tdengine.protocol.QueryAnswer;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** How a cursor gets its result: by a query, or by a prepared statement's execution. */
interface Opening {

    /** Asks once for each subscriber. What it opens although the subscriber has left is freed by it. */
    Mono<QueryAnswer> open(Duration limit);

    /** The result was read to its end or will not be. */
    default void over(boolean readToItsEnd, long resultId) {}
}
