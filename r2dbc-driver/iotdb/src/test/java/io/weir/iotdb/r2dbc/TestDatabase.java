package io.weir.iotdb.r2dbc;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.weir.server.iotdb.SharedIotdb;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * A database of the table model on the shared server, which the tests of this module have in common because it takes the
 * server long to make one. Each test works in tables of its own. Dropped when all tests are over.
 */
final class TestDatabase implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name = "d" + UUID.randomUUID().toString().replace("-", "");
    private final AtomicInteger tables = new AtomicInteger();

    TestDatabase() {
        run(serverUrl(), "CREATE DATABASE " + name);
    }

    String name() {
        return name;
    }

    /** With the table dialect and this database. */
    String url() {
        return url(SharedIotdb.host() + ":" + SharedIotdb.port());
    }

    /** The same for a server that is reached at another address. */
    String url(String address) {
        return "r2dbc:iotdb://root:root@" + address + "/" + name + "?sqlDialect=table";
    }

    ConnectionFactory factory() {
        return ConnectionFactories.get(url());
    }

    /** Makes a table, and returns its name. */
    String table(String columns) {
        String table = "t" + tables.incrementAndGet();
        run(url(), "CREATE TABLE " + table + " (" + columns + ")");
        return table;
    }

    /** Makes a table with an INT32 field {@code i}, which is 0 for time 0 and so on; returns its name. */
    String tableOf(int rows) {
        String table = table("i INT32 FIELD");
        connected(connection -> {
                    Statement insert = connection.createStatement("INSERT INTO " + table + "(time, i) VALUES (?, ?)");
                    for (int i = 0; i < rows; i++) {
                        (i == 0 ? insert : insert.add()).bind(0, i).bind(1, i);
                    }
                    return Flux.from(insert.execute()).concatMap(Result::getRowsUpdated);
                })
                .blockLast(PATIENCE);
        return table;
    }

    /** Runs work on a connection of its own to this database. */
    <T> Flux<T> connected(Function<Connection, Publisher<T>> work) {
        return Flux.usingWhen(factory().create(), work, Connection::close);
    }

    /** The first column of all rows. */
    static <T> Flux<T> select(Connection connection, String sql, Class<T> type) {
        return Flux.from(connection.createStatement(sql).execute())
                .concatMap(result -> result.map(row -> row.get(0, type)), 0);
    }

    /** Runs a statement without rows. */
    static <T> Flux<T> execute(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .concatMap(Result::getRowsUpdated)
                .thenMany(Flux.empty());
    }

    @Override
    public void close() {
        run(serverUrl(), "DROP DATABASE " + name);
    }

    @Override
    public String toString() {
        return name;
    }

    private static String serverUrl() {
        return SharedIotdb.url() + "?sqlDialect=table";
    }

    /** Runs a statement without rows on a connection of its own. */
    static void run(String url, String sql) {
        Flux.usingWhen(ConnectionFactories.get(url).create(), c -> execute(c, sql), Connection::close)
                .blockLast(PATIENCE);
    }
}
