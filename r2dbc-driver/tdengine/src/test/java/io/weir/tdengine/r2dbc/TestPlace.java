package io.weir.tdengine.r2dbc;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.server.tdengine.TestedTdengine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A database of a test's own, counting microseconds, and connections to it; all end with the test. */
class TestPlace implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(30);

    private final TestedTdengine at;
    private final String way;
    private final String database;
    private final ConcurrentLinkedQueue<ConnectionFactory> factories = new ConcurrentLinkedQueue<>();

    TestPlace(TestedTdengine at, String way, String database) {
        this.at = at;
        this.way = way;
        this.database = database;
        alone("CREATE DATABASE " + database + " PRECISION 'us'");
    }

    /** On the server that is named, or on a stand-in. */
    static TestPlace any() {
        return any("r2dbc:tdengine");
    }

    /** @param way how URLs begin, such as {@code r2dbc:tdengine:rest} */
    static TestPlace any(String way) {
        return new TestPlace(
                TestedTdengine.start(TdengineServerOptions.defaults()),
                way,
                "weir_" + Long.toUnsignedString(System.nanoTime(), Character.MAX_RADIX));
    }

    /** Another database of the same server, which ends before this one. */
    TestPlace beside() {
        return new TestPlace(at, way, database + "_beside") {
            @Override
            void end() {}
        };
    }

    String database() {
        return database;
    }

    String url() {
        return at.url(way, database);
    }

    /** The same with another password. */
    String wrongUrl(String password) {
        return at.url(way, at.user(), password, at.host(), at.port(), database);
    }

    /** A factory that ends with the test. */
    ConnectionFactory factory(String options) {
        return factoryOf(TestedTdengine.with(url(), options));
    }

    ConnectionFactory factoryOf(String url) {
        ConnectionFactory factory = ConnectionFactories.get(url);
        factories.add(factory);
        return factory;
    }

    /** Runs statements without rows, each on a connection of its own. */
    TestPlace run(String... statements) {
        ConnectionFactory factory = factory("");
        for (String sql : statements) {
            execute(factory, sql);
        }
        return this;
    }

    private void alone(String sql) {
        execute(factoryOf(at.url("r2dbc:tdengine", "")), sql);
    }

    private static void execute(ConnectionFactory factory, String sql) {
        Flux.usingWhen(factory.create(), connection -> counts(connection.createStatement(sql)), Connection::close)
                .blockLast(LONG);
    }

    /** A connection that the test closes. */
    Connection connect() {
        return connect("");
    }

    Connection connect(String options) {
        return Mono.<Connection>from(factory(options).create())
                .blockOptional(LONG)
                .orElseThrow();
    }

    /** What work on a connection of its own yields. */
    <T> List<T> connected(Function<Connection, Publisher<T>> work) {
        return connected("", work);
    }

    <T> List<T> connected(String options, Function<Connection, Publisher<T>> work) {
        return Flux.usingWhen(factory(options).create(), work, Connection::close)
                .collectList()
                .block(LONG);
    }

    /** The error that work on a connection of its own ends with. */
    Throwable failure(Function<Connection, ? extends Publisher<?>> work) {
        return failureOf(Flux.usingWhen(factory("").create(), work, Connection::close));
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

    static void close(Connection connection) {
        Mono.from(connection.close()).block(LONG);
    }

    /** Closes what goes to the server from here. */
    void hangUp() {
        for (ConnectionFactory factory = factories.poll(); factory != null; factory = factories.poll()) {
            Mono.from(((Closeable) factory).close()).block(LONG);
        }
    }

    /** Gives a server that works for itself the time to do so. */
    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come about in " + LONG);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        if (!at.isStandIn()) {
            alone("DROP DATABASE " + database);
        }
        hangUp();
        end();
    }

    /** Ends the server, unless it is another's. */
    void end() {
        at.close();
    }
}
