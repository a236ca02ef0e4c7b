package io.weir.tdengine;

import io.weir.server.tdengine.TestedTdengine;
import reactor.core.publisher.Mono;

/** A database of a test's own on any TDengine, and a client that is in it; all end with the test. */
final class TestPlace implements AutoCloseable {

    final TdengineClient client;
    private final TestedTdengine server = TestedTdengine.start();
    private final String database = "weir_" + Long.toUnsignedString(System.nanoTime(), Character.MAX_RADIX);

    private TestPlace(String options) {
        alone("CREATE DATABASE " + database + " " + options);
        client = TdengineClient.create(url("tdengine"));
    }

    /** @param options those of the database, such as {@code PRECISION 'us'} */
    static TestPlace start(String options) {
        return new TestPlace(options);
    }

    String database() {
        return database;
    }

    /** Of the way, with the database. */
    String url(String way) {
        return server.url(way, database);
    }

    String urlOfNoDatabase() {
        return server.url("tdengine", "");
    }

    void run(String... statements) {
        for (String sql : statements) {
            client.execute(sql).block(StandIn.LONG);
        }
    }

    private void alone(String sql) {
        Mono.usingWhen(
                        Mono.fromSupplier(() -> TdengineClient.create(server.url("tdengine", ""))),
                        outside -> outside.execute(sql),
                        TdengineClient::close)
                .block(StandIn.LONG);
    }

    @Override
    public void close() {
        client.close().block(StandIn.LONG);
        alone("DROP DATABASE " + database);
        server.close();
    }
}
