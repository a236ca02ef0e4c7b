package io.weir.tdengine.r2dbc;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.weir.tdengine.nativelib.Toy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The toy engine behind the C interface of the vendor's library, with a database that counts nanoseconds. */
final class NativeServer implements AutoCloseable {

    static final String HOST = "127.0.0.1";

    /** The only one at which the toy answers. */
    static final int PORT = 6030;

    private final Toy.Counters toy = Toy.counters(Toy.library());
    private final String database = "d" + UUID.randomUUID().toString().replace("-", "");
    private final ConnectionFactory factory;

    NativeServer() {
        ConnectionFactory alone = ConnectionFactories.get(url(HOST, PORT, "", ""));
        Flux.usingWhen(
                        alone.create(),
                        c -> TestServer.execute(c, "CREATE DATABASE " + database + " PRECISION 'ns'"),
                        Connection::close)
                .blockLast(TestPlace.LONG);
        close(alone);
        factory = ConnectionFactories.get(url(""));
    }

    /** With the database, and options more such as {@code sharing=off}. */
    String url(String options) {
        return url(HOST, PORT, options);
    }

    /** The same at this address. */
    String url(String host, int port, String options) {
        return url(host, port, database, options);
    }

    private static String url(String host, int port, String database, String options) {
        return "r2dbc:tdengine:native://root:taosdata@" + host + ":" + port + "/" + database + "?nativeLibrary="
                + URLEncoder.encode(Toy.library().toString(), StandardCharsets.UTF_8)
                + (options.isEmpty() ? "" : "&" + options);
    }

    /** One for all. */
    ConnectionFactory factory() {
        return factory;
    }

    /** What clients have left open in the library, and whether they have broken its rules. */
    Toy.Counters toy() {
        return toy;
    }

    static void close(ConnectionFactory factory) {
        Mono.from(((Closeable) factory).close()).block(TestPlace.LONG);
    }

    @Override
    public void close() {
        close(factory);
        String left = Toy.open(toy) + toy.toy_broken_text();
        if (!left.equals(Toy.NOTHING)) {
            throw new AssertionError("Left in the library: " + left);
        }
    }
}
