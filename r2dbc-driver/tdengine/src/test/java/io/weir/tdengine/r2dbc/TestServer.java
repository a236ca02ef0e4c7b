package io.weir.tdengine.r2dbc;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Result;
import io.weir.core.HostPort;
import io.weir.core.Options;
import io.weir.r2dbc.R2dbcOptions;
import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.server.tdengine.TdengineStandIn;
import io.weir.server.tdengine.manner.Manner;
import io.weir.tdengine.TdengineOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * What the TestKit and the suite run against, with a database that counts nanoseconds: the server that
 * {@code WEIR_TDENGINE_URL} names, or else a stand-in, whose blocks are small, so that even small results are several.
 */
final class TestServer implements AutoCloseable {

    private static final @Nullable String GIVEN = System.getenv("WEIR_TDENGINE_URL");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How many rows the stand-in puts into a block. */
    static final int ROWS_OF_A_BLOCK = 200;

    private final @Nullable TdengineStandIn standIn;
    private final String user;
    private final String password;
    private final String host;
    private final int port;
    private final String database = "d" + UUID.randomUUID().toString().replace("-", "");

    TestServer() {
        standIn = GIVEN != null
                ? null
                : TdengineStandIn.start(TdengineServerOptions.defaults().with(Manner.BLOCK_ROWS, ROWS_OF_A_BLOCK));
        Options options = R2dbcOptions.read(
                R2dbcOptions.parse(
                        GIVEN != null ? GIVEN : Objects.requireNonNull(standIn).url(),
                        TdengineConnectionFactoryProvider.OPTIONS),
                TdengineConnectionFactoryProvider.OPTIONS);
        HostPort first = options.get(TdengineOptions.HOST).get(0);
        user = options.get(TdengineOptions.USER);
        password = options.get(TdengineOptions.PASSWORD);
        host = first.host();
        port = Objects.requireNonNullElse(first.port(), options.get(TdengineOptions.PORT));
        run(serverUrl(host, port), "CREATE DATABASE " + database + " PRECISION 'ns'");
    }

    /** Whether it is ours: then docs and figures are about it, and it can be asked to misbehave. */
    boolean isStandIn() {
        return standIn != null;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    /** With the database, at this address. */
    String url(String atHost, int atPort) {
        return serverUrl(atHost, atPort) + "/" + database;
    }

    private String serverUrl(String atHost, int atPort) {
        return "r2dbc:tdengine://" + user + ":" + password + "@" + atHost + ":" + atPort;
    }

    ConnectionFactory factory() {
        return ConnectionFactories.get(options());
    }

    ConnectionFactoryOptions options() {
        return R2dbcOptions.parse(url(host, port), TdengineConnectionFactoryProvider.OPTIONS);
    }

    /** Runs a statement without rows on a connection of its own. */
    static void run(String url, String sql) {
        Flux.usingWhen(ConnectionFactories.get(url).create(), c -> execute(c, sql), Connection::close)
                .blockLast(PATIENCE);
    }

    /** Runs a statement without rows. */
    static <T> Flux<T> execute(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .concatMap(Result::getRowsUpdated)
                .thenMany(Flux.empty());
    }

    @Override
    public void close() {
        if (standIn == null) {
            run(serverUrl(host, port), "DROP DATABASE " + database);
        } else {
            standIn.close();
        }
    }
}
