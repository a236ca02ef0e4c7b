package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.ValidationDepth;
import io.weir.testkit.FaultProxy;
import io.weir.testkit.Flow;
import io.weir.testkit.Link;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One connection under test, and the proxy that it goes through, if any. */
final class Line implements AutoCloseable {

    private final Bench bench;
    private final Connection connection;
    private final @Nullable FaultProxy proxy;

    Line(Bench bench, Connection connection, @Nullable FaultProxy proxy) {
        this.bench = bench;
        this.connection = connection;
        this.proxy = proxy;
    }

    Connection connection() {
        return connection;
    }

    Fixture fixture() {
        return bench.fixture();
    }

    Link link() {
        return Objects.requireNonNull(proxy, "not proxied").link(0);
    }

    /** From the server to the driver. */
    Flow replies() {
        return link().toClient();
    }

    /** All rows of {@link Bench#TABLE}, unread. */
    Flux<Integer> rows() {
        return values(connection.createStatement(bench.fixture().select(Bench.TABLE)));
    }

    /** So many rows, unread; demand reaches the result as it is. */
    Flux<Integer> scan(int rows) {
        return Mono.from(connection.createStatement(bench.fixture().scan(rows)).execute())
                .flatMapMany(result -> result.map((row, metadata) -> 1));
    }

    /** The column {@code v} of all results. */
    static Flux<Integer> values(Statement statement) {
        return Flux.from(statement.execute()).concatMap(Line::values, 0);
    }

    static Flux<Integer> values(Result result) {
        return Flux.from(result.map((row, metadata) -> Objects.requireNonNull(row.get("v", Integer.class))));
    }

    /** Runs a statement without rows to its end. */
    void run(String sql) {
        Spi.await(Flux.from(connection.createStatement(sql).execute()).concatMap(Result::getRowsUpdated));
    }

    /** The connection answers a query, completely and rightly. */
    Line assertGood(String when) {
        List<Integer> got;
        try {
            got = Spi.await(rows());
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("The connection was not good: " + when, e);
        }
        assertThat(got)
                .as("a good query on the same connection: " + when)
                .isEqualTo(IntStream.range(0, Bench.ROWS).boxed().toList());
        return this;
    }

    /** Waits until the driver knows without asking that this connection is lost. */
    void awaitLost() {
        assertThat(Spi.awaitOne(Mono.from(connection.validate(ValidationDepth.LOCAL))
                        .filter(valid -> !valid)
                        .repeatWhenEmpty(times -> times.delayElements(Duration.ofMillis(10)))))
                .as("local validation of a lost connection")
                .isFalse();
    }

    @Override
    public void close() {
        try {
            Spi.await(connection.close());
        } finally {
            if (proxy != null) {
                proxy.close();
            }
        }
    }
}
