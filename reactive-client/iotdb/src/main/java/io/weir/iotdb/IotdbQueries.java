package io.weir.iotdb;

import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.RowView;
import io.weir.iotdb.type.CallLimits;
import io.weir.iotdb.type.StatementOutcome;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What can be asked of a client and of a session alike. */
public interface IotdbQueries {

    /**
     * Runs a statement of any kind; see {@link IotdbSession#run(String, int, java.time.Duration)} for what comes. Pages
     * belong to the subscriber, who closes them.
     */
    default Flux<ResultPart> run(String sql) {
        return run(sql, CallLimits.OPEN);
    }

    /** The same with a time-out and a fetch size of its own. */
    Flux<ResultPart> run(String sql, CallLimits limits);

    /**
     * Runs statements in order without waiting for the answer of one before the next is sent (up to eight are under way).
     * Each result ends with {@link ResultPart.End}. All are run, also those behind one that is refused.
     */
    Flux<ResultPart> run(List<String> statements, CallLimits limits);

    /**
     * The rows of a statement, each made into a value.
     *
     * @param mapper gets the one view that moves over the rows, good until it returns; never returns null
     */
    default <T> Flux<T> query(String sql, Function<? super RowView, ? extends T> mapper) {
        return query(sql, CallLimits.OPEN, mapper);
    }

    /** The same with a time-out and a fetch size of its own. */
    default <T> Flux<T> query(String sql, CallLimits limits, Function<? super RowView, ? extends T> mapper) {
        return new IotdbRows(run(sql, limits)).map(mapper);
    }

    /** The rows of a statement as they came, block by block. Each page belongs to the subscriber, who closes it. */
    default Flux<Page> pages(String sql) {
        return pages(sql, CallLimits.OPEN);
    }

    /** The same with a time-out and a fetch size of its own. */
    default Flux<Page> pages(String sql, CallLimits limits) {
        return new IotdbRows(run(sql, limits)).pages();
    }

    /** Runs a statement whose rows, if it has some, do not matter. */
    default Mono<Void> execute(String sql) {
        return execute(sql, CallLimits.OPEN);
    }

    /** The same with a time-out and a fetch size of its own. */
    default Mono<Void> execute(String sql, CallLimits limits) {
        return pages(sql, limits).doOnNext(Page::close).then();
    }

    /**
     * Runs statements in order, all in one request, and tells how each of them ended: one that is refused does not keep
     * the others from running. What they select is lost.
     */
    Mono<List<StatementOutcome>> batch(List<String> statements);

    /** The same, where a statement that is refused is an error. It names all that were; the others have run. */
    default Mono<Void> executeAll(List<String> statements) {
        return batch(statements).flatMap(Batches::allDone);
    }

    /** The tree model's databases and time series. */
    IotdbSchema schema();

    /** The tree model's templates. */
    IotdbTemplates templates();

    /** What a server tells of itself. */
    IotdbAdmin admin();

    /** The tree model's queries that need no SQL. */
    IotdbReads reads();
}
