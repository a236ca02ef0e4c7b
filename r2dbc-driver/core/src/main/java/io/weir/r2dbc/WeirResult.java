package io.weir.r2dbc;

import static io.weir.r2dbc.Arguments.required;

import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.page.PageRows;
import io.weir.core.page.PageRows.Release;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/** The one result of all drivers, over the parts that a session sends. */
final class WeirResult implements Result {

    private final Parts parts;
    private final @Nullable Predicate<Segment> wanted;

    WeirResult(Parts parts) {
        this(parts, null);
    }

    private WeirResult(Parts parts, @Nullable Predicate<Segment> wanted) {
        this.parts = parts;
        this.wanted = wanted;
    }

    /** The sum of the counts; empty where the store told none, as for a SELECT. */
    @Override
    public Mono<Long> getRowsUpdated() {
        return parts.<Long>handle((part, sink) -> {
                    if (part instanceof Page page) {
                        page.close();
                    } else if (part instanceof ResultPart.Count count) {
                        if (isWanted(count)) {
                            sink.next(count.rows());
                        }
                    } else {
                        failOn(part, sink);
                    }
                })
                .reduce(Long::sum);
    }

    @Override
    public <T> Flux<T> map(BiFunction<Row, RowMetadata, ? extends T> mappingFunction) {
        required(mappingFunction, "mappingFunction");
        return rows(row -> mappingFunction.apply(row, row.getMetadata()));
    }

    @Override
    public <T> Flux<T> map(Function<? super Readable, ? extends T> mappingFunction) {
        return rows(required(mappingFunction, "mappingFunction"));
    }

    @Override
    public Result filter(Predicate<Segment> filter) {
        required(filter, "filter");
        return new WeirResult(parts, wanted == null ? filter : wanted.and(filter));
    }

    @Override
    public <T> Flux<T> flatMap(Function<Segment, ? extends Publisher<? extends T>> mappingFunction) {
        required(mappingFunction, "mappingFunction");
        String sql = parts.sql();
        Flux<Page> pages =
                parts.map(part -> part instanceof Page page ? page : new SegmentPage(Segments.of(part, sql)));
        // Released late: the publisher of a segment may read its row until it ends, and only then the next is asked
        // for.
        return PageRows.of(pages, new SegmentLens<T>(mappingFunction, wanted, sql), 0, Release.LATE)
                .concatMap(publisher -> publisher, 0);
    }

    private <T> Flux<T> rows(Function<? super WeirRow, ? extends T> function) {
        Flux<Page> pages = parts.handle((part, sink) -> {
            if (part instanceof Page page) {
                sink.next(page);
            } else {
                failOn(part, sink);
            }
        });
        return PageRows.of(pages, new RowLens<T>(function, wanted, parts.sql()), 0, Release.EARLY);
    }

    /** An error among the parts fails whoever can not show it, unless it was filtered away. */
    private void failOn(ResultPart part, SynchronousSink<?> sink) {
        if (part instanceof ResultPart.Failure failure && isWanted(failure)) {
            sink.error(Errors.of(failure.error(), parts.sql()));
        }
    }

    private boolean isWanted(ResultPart part) {
        return wanted == null || wanted.test(Segments.of(part, parts.sql()));
    }
}
