package io.weir.tdengine;

import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.RowView;
import io.weir.core.page.PageRows;
import io.weir.core.page.Parts;
import io.weir.tdengine.type.Schemaless;
import java.time.Duration;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What can be asked of a client and of a session alike. */
public interface TdengineQueries {

    /**
     * Runs a statement of any kind, once for each subscriber, at his first demand.
     *
     * <p>What comes: pages of rows (an empty one if there are none), or a {@link ResultPart.Count} of the rows that were
     * changed, then {@link ResultPart.End}. A refusal by the server is a {@link ResultPart.Failure} in front of
     * {@code End}, and may come behind rows. An error signal means that the connection is lost, that the statement's time
     * is over, or that the server does not keep to the protocol. Pages belong to the subscriber, who closes them.
     *
     * <p>Demand asks for blocks, at most one of them ahead. Cancelling frees the result on the server; a statement that
     * is still being executed a second later is looked for and killed there, see {@code killAbandoned}.
     */
    Flux<ResultPart> run(String sql);

    /**
     * The same with a limit of time of its own.
     *
     * @param timeout for execution and reading together; zero means none
     */
    Flux<ResultPart> run(String sql, Duration timeout);

    /**
     * Lends a prepared statement for one write or query after another. It is prepared, unless one with the same text lies
     * ready, and kept for the next use, see {@link TdengineOptions#PREPARED_STATEMENT_CACHE_SIZE}. Who asks while it is lent
     * gets another one.
     *
     * <p>A client lends one of a connection that callers share: names are those of its login, and when that connection is
     * lost nothing is repeated.
     *
     * @param sql placeholders are {@code ?}, for values, tags and, in an INSERT, the table's name
     * @param work what is done with it; the statement is good until the publisher ends
     */
    <T> Flux<T> withStatement(String sql, Function<? super TdengineStatement, ? extends Publisher<T>> work);

    /** Writes rows without a schema, and tells how many there were. Needs a current database. All or an error. */
    Mono<Long> insert(Schemaless lines);

    /**
     * The rows of a statement, each made into a value.
     *
     * @param mapper gets the one view that moves over the rows, good until it returns; never returns null
     */
    default <T> Flux<T> query(String sql, Function<? super RowView, ? extends T> mapper) {
        return PageRows.of(pages(sql), mapper::apply);
    }

    /** The rows of a statement as they came, block by block. Each page belongs to the subscriber, who closes it. */
    default Flux<Page> pages(String sql) {
        return Parts.pages(run(sql));
    }

    /** Runs a statement, and tells how many rows it has changed; 0 for those that do not change rows. */
    default Mono<Long> execute(String sql) {
        return Parts.count(run(sql));
    }
}
