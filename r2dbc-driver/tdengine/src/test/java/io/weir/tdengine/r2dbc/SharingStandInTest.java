package io.weir.tdengine.r2dbc;

import static io.weir.tdengine.r2dbc.TestPlace.await;
import static io.weir.tdengine.r2dbc.TestPlace.close;
import static io.weir.tdengine.r2dbc.TestPlace.counts;
import static io.weir.tdengine.r2dbc.TestPlace.failureOf;
import static io.weir.tdengine.r2dbc.TestPlace.select;
import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import io.weir.server.tdengine.manner.Manner;
import io.weir.tdengine.TdengineClient;
import io.weir.tdengine.TdengineSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Connections that are handles over a few sockets, until they enter a database. */
class SharingStandInTest {

    private static final int MANY = 300;
    private static final int BORROWED = 100;
    private static final int SHARED = 4;

    private static StandIn server() {
        return StandIn.of(StandIn.TWO_STEPS);
    }

    private static Connection open(ConnectionFactory factory) {
        return Mono.<Connection>from(factory.create())
                .blockOptional(TestPlace.LONG)
                .orElseThrow();
    }

    private static void enter(Connection connection, String database) {
        counts(connection.createStatement("USE " + database)).blockLast(TestPlace.LONG);
    }

    private static String database(Connection connection) {
        return select(connection, "SELECT DATABASE()", String.class).blockLast(TestPlace.LONG);
    }

    @Test
    void moreConnectionsThanThereMayBeSocketsTravelOnAFew() {
        try (StandIn at = server().run("CREATE TABLE t (ts TIMESTAMP, v INT)")) {
            at.hangUp();
            await(() -> at.server.counters().sockets() == 0);
            ConnectionFactory factory = at.factory("");
            List<Connection> all = Flux.range(0, MANY)
                    .flatMap(i -> Mono.<Connection>from(factory.create()), 32)
                    .collectList()
                    .block(TestPlace.LONG);
            assertThat(all).hasSize(MANY);
            assertThat(Flux.range(0, MANY)
                            .flatMap(
                                    i -> Flux.concat(
                                            counts(all.get(i)
                                                    .createStatement("INSERT INTO t VALUES (?, ?)")
                                                    .bind(0, (long) i)
                                                    .bind(1, i)),
                                            select(
                                                            all.get(i)
                                                                    .createStatement("SELECT v FROM t WHERE v = ?")
                                                                    .bind(0, i),
                                                            Long.class)
                                                    .map(v -> v - i)),
                                    MANY)
                            .collectList()
                            .block(TestPlace.LONG))
                    .hasSize(2 * MANY)
                    .containsOnly(0L, 1L);
            assertThat(at.server.counters().sockets()).isLessThanOrEqualTo(SHARED);
            all.forEach(TestPlace::close);
            assertThat(factory.toString()).doesNotContain("taosdata");
        }
    }

    @Test
    void whoEntersADatabaseIsAloneInIt() {
        try (StandIn at = server().run("CREATE DATABASE q")) {
            ConnectionFactory factory = at.factory("sharedWires=1");
            Connection moves = open(factory);
            Connection stays = open(factory);
            assertThat(((Wrapped<?>) moves).unwrap(TdengineSession.class)).isNull();
            assertThat(((Wrapped<?>) moves).unwrap(TdengineClient.class)).isNotNull();
            enter(moves, "q");
            assertThat(database(moves)).isEqualTo("q");
            assertThat(database(stays)).isEqualTo("p");
            assertThat(((Wrapped<?>) moves).unwrap(TdengineSession.class)).isNotNull();
            assertThat(Flux.from(stays.createBatch()
                                    .add("SELECT 1")
                                    .add("/* */ use q")
                                    .execute())
                            .concatMap(result -> result.map(row -> row.get(0)))
                            .collectList()
                            .block(TestPlace.LONG))
                    .hasSize(1);
            assertThat(database(stays)).isEqualTo("q");
            assertThat(database(open(factory))).isEqualTo("p");
            close(moves);
            close(stays);
            await(() -> ((Wrapped<?>) factory).unwrap(TdengineClient.class).wires() == 1);
        }
    }

    @Test
    void connectionsWithADatabaseOfTheirOwnAreNoMoreThanTheSocketsThereMayBe() {
        try (StandIn at = server().run("CREATE DATABASE q")) {
            ConnectionFactory factory = at.factory("sharedWires=1&maxWires=3&waitTimeout=100ms");
            List<Connection> bound = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                bound.add(open(factory));
                enter(bound.get(i), "q");
            }
            Connection third = open(factory);
            assertThat(failureOf(counts(third.createStatement("USE q"))))
                    .isInstanceOf(R2dbcTransientResourceException.class)
                    .hasMessageContaining("maxWires=3");
            assertThat(database(third)).isEqualTo("p");
            close(bound.get(0));
            enter(third, "q");
            assertThat(database(third)).isEqualTo("q");
        }
    }

    @Test
    void aHandleOutlivesTheLossOfSocketsAndABoundOneEndsWithItsOwnAndSaysSo() {
        try (StandIn at = server().run("CREATE DATABASE q")) {
            ConnectionFactory factory = at.factory("");
            Connection light = open(factory);
            Connection bound = open(factory);
            enter(bound, "q");
            at.server.dropConnections();
            await(() -> Boolean.FALSE.equals(
                    Mono.from(bound.validate(ValidationDepth.LOCAL)).block(TestPlace.LONG)));
            for (String sql : List.of("SELECT 1", "USE q")) {
                assertThat(failureOf(counts(bound.createStatement(sql))))
                        .isInstanceOf(R2dbcNonTransientResourceException.class);
            }
            await(() -> Boolean.TRUE.equals(
                    Mono.from(light.validate(ValidationDepth.REMOTE)).block(TestPlace.LONG)));
            assertThat(database(light)).isEqualTo("p");
            assertThat(select(light.createStatement("SELECT ?").bind(0, 7), Integer.class)
                            .blockLast(TestPlace.LONG))
                    .isEqualTo(7);
            assertThat(Mono.from(bound.validate(ValidationDepth.REMOTE)).block(TestPlace.LONG))
                    .isFalse();
            close(bound);
            close(light);
        }
    }

    @Test
    void preparedStatementsAreKeptOnTheSocketsAndServeAll() {
        try (StandIn at = server().run(PreparedTest.TABLES)) {
            ConnectionFactory factory = at.factory("sharedWires=1");
            long before = at.server.counters().prepared();
            for (int i = 0; i < 5; i++) {
                Connection c = open(factory);
                assertThat(counts(PreparedTest.rows(c, 2)).collectList().block(TestPlace.LONG))
                        .containsExactly(1L, 1L);
                close(c);
            }
            assertThat(at.server.counters().prepared() - before).isEqualTo(1);
        }
    }

    @Test
    void whatAnotherConnectionChangesIsPreparedAnew() {
        try (StandIn at = server().run(PreparedTest.TABLES)) {
            ConnectionFactory factory = at.factory("");
            Connection writes = open(factory);
            Connection changes = open(factory);
            counts(PreparedTest.rows(writes, 1)).blockLast(TestPlace.LONG);
            for (String sql :
                    List.of("DROP TABLE t", "CREATE TABLE t (ts TIMESTAMP, v VARCHAR(10), name VARCHAR(10))")) {
                counts(changes.createStatement(sql)).blockLast(TestPlace.LONG);
            }
            assertThat(counts(writes.createStatement("INSERT INTO t VALUES(?, ?, ?)")
                                    .bind(0, 1L)
                                    .bind(1, "text")
                                    .bind(2, ""))
                            .collectList()
                            .block(TestPlace.LONG))
                    .containsExactly(1L);
        }
    }

    @Test
    void aStatementThatCouldNotBePreparedWasNotRun() {
        try (StandIn at = server().run(PreparedTest.TABLES)) {
            at.with(Manner.DROP, "prepare");
            ConnectionFactory factory = at.factory("");
            Connection c = open(factory);
            assertThat(failureOf(counts(PreparedTest.rows(c, 1))))
                    .isInstanceOf(R2dbcNonTransientResourceException.class)
                    .hasMessageContaining("was not run");
        }
    }

    @ParameterizedTest
    @EnumSource(ValidationDepth.class)
    void aPoolOfHandlesIsLargerThanTheSocketsAndGivesDatabasesBack(ValidationDepth depth) {
        try (StandIn at = server().run("CREATE DATABASE q")) {
            ConnectionPool pool = new ConnectionPool(ConnectionPoolConfiguration.builder(at.factory(""))
                    .initialSize(0)
                    .maxSize(BORROWED)
                    .validationDepth(depth)
                    .build());
            borrowAllAndLookWhereTheyAre(pool);
            Connection borrowed = pool.create().block(TestPlace.LONG);
            enter(borrowed, "q");
            close(borrowed);
            borrowAllAndLookWhereTheyAre(pool);
            pool.close().block(TestPlace.LONG);
        }
    }

    private static void borrowAllAndLookWhereTheyAre(ConnectionPool pool) {
        List<Connection> all = Flux.range(0, BORROWED)
                .flatMap(i -> pool.create(), BORROWED)
                .collectList()
                .block(TestPlace.LONG);
        assertThat(all)
                .hasSize(BORROWED)
                .allSatisfy(c -> assertThat(database(c)).isEqualTo("p"));
        all.forEach(TestPlace::close);
    }
}
