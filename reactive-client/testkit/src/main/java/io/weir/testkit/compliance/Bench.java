package io.weir.testkit.compliance;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Result;
import io.weir.testkit.FaultProxy;
import io.weir.testkit.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The tables of the tests, and connections straight to the server or through a proxy. */
final class Bench {

    /** Rows in {@link #TABLE}: more than the 256 that {@code flatMap} asks for at first. */
    static final int ROWS = 500;

    /** Holds rows 0 to {@link #ROWS} - 1 and is never changed. */
    static final String TABLE = "weir_suite_rows";

    /** Tests may insert into this one; what is in it means nothing. */
    static final String SCRATCH = "weir_suite_scratch";

    private static final int ROWS_PER_INSERT = 100;

    private final Fixture fixture;

    Bench(Fixture fixture) {
        this.fixture = fixture;
    }

    Fixture fixture() {
        return fixture;
    }

    /** A connection of its own, straight to the server. */
    Line direct() {
        return new Line(
                this, Spi.awaitOne(factory(fixture.host(), fixture.port()).create()), null);
    }

    /** A connection of its own through a proxy of its own. */
    Line proxied() {
        return proxied(proxy());
    }

    Line proxied(FaultProxy proxy) {
        try {
            return new Line(
                    this, Spi.awaitOne(factory(proxy.host(), proxy.port()).create()), proxy);
        } catch (RuntimeException | Error e) {
            proxy.close();
            throw e;
        }
    }

    /** For tests that say so: {@link ThroughProxy}. */
    FaultProxy proxy() {
        if (fixture.noProxy() != null) {
            throw new AssertionError("No proxy is possible (" + fixture.noProxy() + "), and this test is not marked as "
                    + "@ThroughProxy");
        }
        return FaultProxy.before(fixture.host(), fixture.port(), Faults.SOCKET_BUFFER);
    }

    ConnectionFactory factory(String host, int port) {
        return factory(host, port, options -> options);
    }

    ConnectionFactory factory(String host, int port, UnaryOperator<ConnectionFactoryOptions.Builder> change) {
        return ConnectionFactories.get(
                change.apply(fixture.options(host, port).mutate()).build());
    }

    void createTables() {
        dropTables();
        try (Line line = direct()) {
            List<String> statements = new ArrayList<>(fixture.createTable(TABLE));
            statements.addAll(fixture.createTable(SCRATCH));
            for (int first = 0; first < ROWS; first += ROWS_PER_INSERT) {
                statements.add(fixture.insert(TABLE, first, ROWS_PER_INSERT));
            }
            statements.forEach(line::run);
            // May be a bulk load.
            Spi.await(fixture.prepareScan(line.connection()), Patience.limit().multipliedBy(10));
        }
    }

    /** Also what an aborted run has left. */
    void dropTables() {
        for (String table : new String[] {TABLE, SCRATCH}) {
            Spi.await(Flux.usingWhen(
                    factory(fixture.host(), fixture.port()).create(),
                    connection -> Flux.from(connection
                                    .createStatement(fixture.dropTable(table))
                                    .execute())
                            .concatMap(Result::getRowsUpdated)
                            .onErrorResume(absent -> Mono.empty()),
                    Connection::close));
        }
    }
}
