package io.weir.tdengine.r2dbc;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.server.tdengine.TdengineStandIn;
import io.weir.server.tdengine.manner.Manner;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A stand-in of a test's own, with a database {@code p}, to which connections go. */
final class StandIn implements AutoCloseable {

    static final String TWO_STEPS = "3.3.8.1";
    static final String AT_ONCE = "3.4.1.13";

    static final Duration LONG = Duration.ofSeconds(30);

    final TdengineStandIn server;

    private StandIn(TdengineServerOptions options) {
        server = TdengineStandIn.start(options);
        execute(server.url(), "CREATE DATABASE p PRECISION 'us'");
    }

    static StandIn of(String version) {
        return new StandIn(TdengineServerOptions.defaults().withVersion(version));
    }

    StandIn with(Manner manner, Object value) {
        server.manners().set(manner, value);
        return this;
    }

    /** Options come behind a question mark. */
    String url() {
        return server.url() + "/p";
    }

    /** Runs statements without rows, each on a connection of its own. */
    StandIn run(String... statements) {
        for (String sql : statements) {
            execute(url(), sql);
        }
        return this;
    }

    private static void execute(String url, String sql) {
        Flux.usingWhen(
                        ConnectionFactories.get(url).create(),
                        connection -> counts(connection.createStatement(sql)),
                        Connection::close)
                .blockLast(LONG);
    }

    /** A connection that the test closes. */
    Connection connect() {
        return Mono.from(ConnectionFactories.get(url()).create())
                .blockOptional(LONG)
                .orElseThrow();
    }

    /** What work on a connection of its own yields. */
    <T> List<T> connected(Function<Connection, Publisher<T>> work) {
        return connected("", work);
    }

    <T> List<T> connected(String options, Function<Connection, Publisher<T>> work) {
        return Flux.usingWhen(ConnectionFactories.get(url() + options).create(), work, Connection::close)
                .collectList()
                .block(LONG);
    }

    /** The error that work on a connection of its own ends with. */
    Throwable failure(Function<Connection, ? extends Publisher<?>> work) {
        return failureOf(Flux.usingWhen(ConnectionFactories.get(url()).create(), work, Connection::close));
    }

    static Throwable failureOf(Publisher<?> work) {
        return Flux.from(work)
                .then(Mono.<Throwable>empty())
                .onErrorResume(Mono::just)
                .blockOptional(LONG)
                .orElseThrow(() -> new AssertionError("it did not fail"));
    }

    /** The counts of all results. */
    static Flux<Long> counts(Statement statement) {
        return Flux.from(statement.execute()).concatMap(Result::getRowsUpdated);
    }

    /** The first column of all rows. */
    static <T> Flux<T> select(Statement statement, Class<T> type) {
        return Flux.from(statement.execute()).concatMap(result -> result.map(row -> row.get(0, type)), 0);
    }

    static <T> Flux<T> select(Connection connection, String sql, Class<T> type) {
        return select(connection.createStatement(sql), type);
    }

    /** Gives a server that works for itself the time to do so. */
    static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come about in " + LONG);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
