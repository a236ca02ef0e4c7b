package io.weir.benchmarks.page;

import io.weir.core.RowView;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One value of a row as this and that type. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConversionBenchmark {

    private static final int ROWS = 1024;

    private final ArrayPage page = new ArrayPage(new ArrayPage.Data(ROWS));
    private int next;

    private RowView row() {
        next = (next + 1) & (ROWS - 1);
        return page.row(next);
    }

    @Benchmark
    public long primitiveLong() {
        return row().getLong(ArrayPage.LONG);
    }

    @Benchmark
    public @Nullable Long boxedLong() {
        return row().get(ArrayPage.LONG, Long.class);
    }

    @Benchmark
    public @Nullable Object defaultLong() {
        return row().get(ArrayPage.LONG);
    }

    @Benchmark
    public @Nullable BigDecimal longAsBigDecimal() {
        return row().get(ArrayPage.LONG, BigDecimal.class);
    }

    @Benchmark
    public @Nullable Float doubleAsFloat() {
        return row().get(ArrayPage.DOUBLE, Float.class);
    }

    @Benchmark
    public @Nullable String text() {
        return row().getString(ArrayPage.TEXT);
    }

    @Benchmark
    public @Nullable Instant instant() {
        return row().get(ArrayPage.TIME, Instant.class);
    }

    @Benchmark
    public @Nullable OffsetDateTime defaultMoment() {
        return row().get(ArrayPage.TIME, OffsetDateTime.class);
    }
}
