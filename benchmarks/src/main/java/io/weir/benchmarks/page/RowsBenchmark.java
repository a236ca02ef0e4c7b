package io.weir.benchmarks.page;

import io.weir.core.Page;
import io.weir.core.RowView;
import io.weir.core.page.PageRows;
import io.weir.core.page.PageRows.Release;
import io.weir.core.page.RowMapper;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Pages into rows: ours against a plain loop and against a composition of standard operators. Per row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RowsBenchmark.ROWS)
public class RowsBenchmark {

    static final int ROWS = 100_000;

    /** Rows in a page. */
    @Param({"1000", "10"})
    public int size;

    private ArrayPage.Data data = new ArrayPage.Data(0);

    /** Reads without boxing, and gives out always the same object, so that only the way is measured. */
    private final Sum sum = new Sum();

    @Setup
    public void fill() {
        data = new ArrayPage.Data(size);
    }

    @Benchmark
    public double plainLoop() {
        for (int p = 0; p < ROWS / size; p++) {
            try (ArrayPage page = new ArrayPage(data)) {
                for (int i = 0; i < page.size(); i++) {
                    sum.map(page.row(i));
                }
            }
        }
        return sum.value;
    }

    @Benchmark
    public double rows() {
        consume(PageRows.of(pages(), sum, 1, Release.EARLY), Long.MAX_VALUE);
        return sum.value;
    }

    @Benchmark
    public double rowsBy256() {
        consume(PageRows.of(pages(), sum, 1, Release.EARLY), 256);
        return sum.value;
    }

    @Benchmark
    public double rowsByOne() {
        consume(PageRows.of(pages(), sum, 1, Release.EARLY), 1);
        return sum.value;
    }

    @Benchmark
    public long rowsAsRecords() {
        Count<Reading> count = new Count<>(Long.MAX_VALUE);
        PageRows.of(
                        pages(),
                        row -> new Reading(
                                row.getLong(ArrayPage.LONG),
                                row.getDouble(ArrayPage.DOUBLE),
                                String.valueOf(row.getString(ArrayPage.TEXT))),
                        1,
                        Release.EARLY)
                .subscribe(count);
        return count.seen;
    }

    @Benchmark
    public double rowsLateWithInnerPublishers() {
        consume(
                PageRows.of(pages(), row -> Mono.just(sum.map(row)), 0, Release.LATE)
                        .concatMap(inner -> inner, 0),
                Long.MAX_VALUE);
        return sum.value;
    }

    /** The quickest composition, which leaks pages under cancel. */
    @Benchmark
    public double concatMapIterable() {
        consume(pages().concatMapIterable(RowsBenchmark::views, 1).map(sum::map), Long.MAX_VALUE);
        return sum.value;
    }

    private Flux<Page> pages() {
        return Flux.range(0, ROWS / size).map(i -> new ArrayPage(data));
    }

    private static Iterable<RowView> views(Page page) {
        return () -> views(page, IntStream.range(0, page.size()).iterator());
    }

    private static Iterator<RowView> views(Page page, Iterator<Integer> indexes) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return indexes.hasNext();
            }

            @Override
            public RowView next() {
                return page.row(indexes.next());
            }
        };
    }

    private void consume(Flux<Sum> rows, long step) {
        rows.subscribe(new Count<>(step));
    }

    private record Reading(long l, double d, String text) {}

    private static final class Sum implements RowMapper<Sum> {
        private double value;

        @Override
        public Sum map(RowView row) {
            value += row.getLong(ArrayPage.LONG) + row.getDouble(ArrayPage.DOUBLE);
            return this;
        }
    }

    private static final class Count<T> extends BaseSubscriber<T> {
        private final long step;
        private long left;
        private long seen;

        Count(long step) {
            this.step = step;
            this.left = step;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(step);
        }

        @Override
        protected void hookOnNext(T value) {
            seen++;
            if (--left == 0) {
                left = step;
                request(step);
            }
        }
    }
}
