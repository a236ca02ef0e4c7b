package io.weir.tdengine.r2dbc;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.server.tdengine.TestedTdengine;
import io.weir.server.tdengine.manner.Manner;
import java.time.Duration;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the TestKit and the suite run against, with a database that counts nanoseconds: the server that is named, or else a
 * stand-in, whose blocks are small, so that even small results are several.
 */
final class TestServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String WAY = "r2dbc:tdengine";

    /** How many rows the stand-in puts into a block. */
    static final int ROWS_OF_A_BLOCK = 200;

    private final TestedTdengine server =
            TestedTdengine.start(TdengineServerOptions.defaults().with(Manner.BLOCK_ROWS, ROWS_OF_A_BLOCK));
    private final String database = "d" + UUID.randomUUID().toString().replace("-", "");
    private final ConnectionFactory factory;

    TestServer() {
        run(server.url(WAY, ""), "CREATE DATABASE " + database + " PRECISION 'ns'");
        factory = ConnectionFactories.get(url(host(), port()));
    }

    /** Whether it is ours: then docs and figures are about it, and it can be asked to misbehave. */
    boolean isStandIn() {
        return server.isStandIn();
    }

    String host() {
        return server.host();
    }

    int port() {
        return server.port();
    }

    /** With the database, at this address. */
    String url(String atHost, int atPort) {
        return server.url(WAY, server.user(), server.password(), atHost, atPort, database);
    }

    /** One for all. */
    ConnectionFactory factory() {
        return factory;
    }

    private static void run(String url, String sql) {
        ConnectionFactory alone = ConnectionFactories.get(url);
        Flux.usingWhen(alone.create(), c -> execute(c, sql), Connection::close).blockLast(PATIENCE);
        close(alone);
    }

    private static void close(ConnectionFactory factory) {
        Mono.from(((Closeable) factory).close()).block(PATIENCE);
    }

    /** Runs a statement without rows. */
    static <T> Flux<T> execute(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .concatMap(Result::getRowsUpdated)
                .thenMany(Flux.empty());
    }

    @Override
    public void close() {
        close(factory);
        if (!server.isStandIn()) {
            run(server.url(WAY, ""), "DROP DATABASE " + database);
        }
        server.close();
    }
}
