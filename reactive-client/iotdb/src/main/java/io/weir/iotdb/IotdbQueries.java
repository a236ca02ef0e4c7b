package io.weir.iotdb;

import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.RowView;
import io.weir.core.page.PageRows;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What can be asked of a client and of a session alike. */
public interface IotdbQueries {

    /**
     * Runs a statement of any kind; see {@link IotdbSession#run(String, int, java.time.Duration)} for what comes. Pages
     * belong to the subscriber, who closes them.
     */
    Flux<ResultPart> run(String sql);

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
        return run(sql).<Page>handle((part, sink) -> {
            if (part instanceof Page page) {
                sink.next(page);
            } else if (part instanceof ResultPart.Failure refusal) {
                sink.error(refusal.error());
            }
        });
    }

    /** Runs a statement whose rows, if it has some, do not matter. */
    default Mono<Void> execute(String sql) {
        return pages(sql).doOnNext(Page::close).then();
    }
}
