package io.weir.testkit.compliance.toy;

import static io.weir.testkit.compliance.toy.ToyConnection.required;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import io.weir.testkit.compliance.toy.ToyFrames.Reply;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Pages are asked for as their rows are. */
final class ToyResult implements Result {

    private record Rows(Row row) implements RowSegment {}

    private record Count(long value) implements UpdateCount {}

    private record Failure(R2dbcException exception) implements Message {

        @Override
        public int errorCode() {
            return exception.getErrorCode();
        }

        @Override
        public String sqlState() {
            return exception.getSqlState();
        }

        @Override
        public String message() {
            return exception.getMessage();
        }
    }

    private final Flux<Segment> segments;
    private final AtomicBoolean used;

    ToyResult(String sql, Reply first, ToyConnection connection, int fetch, Mono<?> over) {
        this.used = new AtomicBoolean();
        this.segments = once(
                segments(sql, first, connection, fetch)
                        .takeUntilOther(connection.end())
                        .takeUntilOther(over),
                connection.fault());
    }

    private ToyResult(Flux<Segment> segments, AtomicBoolean used) {
        this.segments = segments;
        this.used = used;
    }

    @Override
    public Mono<Long> getRowsUpdated() {
        return succeeded().ofType(Count.class).map(Count::value).reduce(Long::sum);
    }

    @Override
    public <T> Flux<T> map(BiFunction<Row, RowMetadata, ? extends T> function) {
        required(function);
        return succeeded().ofType(Rows.class).map(rows -> function.apply(rows.row, rows.row.getMetadata()));
    }

    @Override
    public <T> Flux<T> map(Function<? super Readable, ? extends T> function) {
        required(function);
        return map((row, metadata) -> function.apply(row));
    }

    @Override
    public Result filter(Predicate<Segment> filter) {
        return new ToyResult(segments.filter(required(filter)), used);
    }

    @Override
    public <T> Flux<T> flatMap(Function<Segment, ? extends Publisher<? extends T>> function) {
        required(function);
        return segments.concatMap(function, 0);
    }

    private Flux<Segment> succeeded() {
        return segments.handle((segment, sink) -> {
            if (segment instanceof Failure failure) {
                sink.error(failure.exception);
            } else {
                sink.next(segment);
            }
        });
    }

    private Flux<Segment> once(Flux<Segment> all, ToyFault fault) {
        return Flux.defer(() -> used.compareAndSet(false, true) || fault == ToyFault.RESULT_CONSUMABLE_TWICE
                ? all
                : Flux.error(new IllegalStateException("this result has been consumed")));
    }

    private static Flux<Segment> segments(String sql, Reply first, ToyConnection connection, int fetch) {
        ToyFault fault = connection.fault();
        if (!first.errorKind().isEmpty()) {
            return Flux.just(new Failure(ToyErrors.of(first, fault, sql)));
        }
        if (first.columns().isEmpty()) {
            return Flux.just(new Count(first.count()));
        }
        Flux<Reply> pages = Mono.just(first)
                .expand(page -> page.hasMore()
                        ? connection.wire().call(ToyFrames.request('F', Integer.toString(page.cursor()), "", fetch))
                        : Mono.empty());
        if (fault == ToyFault.IGNORES_DEMAND) {
            pages = pages.onBackpressureBuffer();
        }
        return pages.concatMapIterable(
                page -> page.rows().stream()
                        .map(row -> (Segment) new Rows(new ToyRow(page.columns(), row)))
                        .toList(),
                1);
    }
}
