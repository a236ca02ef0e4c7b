package io.weir.iotdb.r2dbc;

import static io.weir.iotdb.r2dbc.TestDatabase.execute;
import static io.weir.iotdb.r2dbc.TestDatabase.select;
import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import io.weir.iotdb.IotdbSession;
import io.weir.server.iotdb.SharedIotdb;
import io.weir.testkit.Cut;
import io.weir.testkit.FaultProxy;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The driver under r2dbc-pool as it is, nothing of ours in between. */
@ExtendWith(Shared.class)
class IotdbPoolIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** As sorted rows five of the server's blocks, and as many replies with a small fetch size. */
    private static final int ROWS = 5000;

    private final TestDatabase database;

    IotdbPoolIT(TestDatabase database) {
        this.database = database;
    }

    @Test
    void aUrlIsAllThatAPoolTakes() {
        String table = database.tableOf(3);
        ConnectionPool pool = (ConnectionPool) ConnectionFactories.get(
                database.url().replace("r2dbc:iotdb:", "r2dbc:pool:iotdb:") + "&maxSize=2&validationDepth=REMOTE");
        StepVerifier.create(Flux.usingWhen(
                                pool.create(),
                                c -> select(c, "SELECT i FROM " + table + " ORDER BY time", Integer.class),
                                Connection::close)
                        .repeat(1))
                .expectNext(0, 1, 2, 0, 1, 2)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(pool.getMetrics().orElseThrow().getMaxAllocatedSize()).isEqualTo(2);
        pool.close().block(PATIENCE);
    }

    @Test
    void borrowersWaitForOneOfTheConnectionsThereMayBe() {
        ConnectionPool pool = pool(database.url() + "&sharing=off", builder -> builder.maxSize(2));
        PoolMetrics metrics = pool.getMetrics().orElseThrow();
        Connection first = borrow(pool);
        Connection second = borrow(pool);
        String firstId = session(first).id();
        StepVerifier.create(
                        Flux.usingWhen(pool.create(), c -> Mono.just(session(c).id()), Connection::close))
                .expectSubscription()
                .then(() -> assertThat(metrics.pendingAcquireSize()).isEqualTo(1))
                .then(() -> giveBack(first))
                .expectNext(firstId)
                .expectComplete()
                .verify(PATIENCE);
        giveBack(second);
        assertThat(metrics.allocatedSize()).isEqualTo(2);
        pool.close().block(PATIENCE);
    }

    @Test
    void manyBorrowersShareFewConnectionsAndEachGetsItsOwnAnswer() {
        String table = database.tableOf(100);
        ConnectionPool pool = pool(database.url() + "&sharing=off", builder -> builder.maxSize(3));
        StepVerifier.create(Flux.range(0, 100)
                        .flatMap(
                                i -> Flux.usingWhen(
                                        pool.create(),
                                        c -> Flux.from(c.createStatement("SELECT i FROM " + table + " WHERE i = ?")
                                                        .bind(0, i)
                                                        .execute())
                                                .concatMap(r -> r.map(row -> i - row.get(0, Integer.class))),
                                        Connection::close),
                                100))
                .expectNextSequence(IntStream.range(0, 100).map(i -> 0).boxed().toList())
                .expectComplete()
                .verify(PATIENCE);
        assertThat(pool.getMetrics().orElseThrow().allocatedSize()).isEqualTo(3);
        pool.close().block(PATIENCE);
    }

    @Test
    void aConnectionThatWasKilledIsReplaced() {
        try (FaultProxy proxy = FaultProxy.before(SharedIotdb.host(), SharedIotdb.port())) {
            ConnectionPool pool =
                    pool(database.url(proxy.host() + ":" + proxy.port()) + "&sharing=off", builder -> builder);
            for (Cut how : Cut.values()) {
                String before = borrowedId(pool);
                proxy.forAll(link -> link.cut(how));
                assertThat(borrowedId(pool)).isNotEqualTo(before);
            }
            assertThat(proxy.links()).hasSize(3);
            pool.close().block(PATIENCE);
        }
    }

    @Test
    void aConnectionThatSaysNothingMoreIsReplaced() {
        try (FaultProxy proxy = FaultProxy.before(SharedIotdb.host(), SharedIotdb.port())) {
            ConnectionPool pool = pool(
                    database.url(proxy.host() + ":" + proxy.port()) + "&sharing=off&validationTimeout=200ms",
                    builder -> builder);
            String before = borrowedId(pool);
            proxy.link(0).hold();
            assertThat(borrowedId(pool)).isNotEqualTo(before);
            pool.close().block(PATIENCE);
        }
    }

    @Test
    void aConnectionThatIsKilledWhileItIsLentIsNotLentAgain() {
        String table = database.tableOf(ROWS);
        try (FaultProxy proxy = FaultProxy.before(SharedIotdb.host(), SharedIotdb.port())) {
            ConnectionPool pool =
                    pool(database.url(proxy.host() + ":" + proxy.port()) + "&sharing=off", builder -> builder);
            Connection connection = borrow(pool);
            String id = session(connection).id();
            StepVerifier.create(scan(connection, table, 1), 1)
                    .expectNext(0)
                    .then(() -> proxy.link(0).cut(Cut.RST))
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(i -> true)
                    .expectError(R2dbcNonTransientResourceException.class)
                    .verify(PATIENCE);
            giveBack(connection);
            assertThat(borrowedId(pool)).isNotEqualTo(id);
            pool.close().block(PATIENCE);
        }
    }

    @Test
    void theNextBorrowerFindsDatabaseZoneAndTimeOutAsTheyWereAfterLogin() {
        String other = "d" + UUID.randomUUID().toString().replace("-", "");
        ConnectionPool pool = pool(database.url() + "&sharing=off&zone=UTC", builder -> builder);
        Connection first = borrow(pool);
        String id = session(first).id();
        execute(first, "CREATE DATABASE " + other).blockLast(PATIENCE);
        execute(first, "USE " + other).blockLast(PATIENCE);
        session(first).zone(ZoneId.of("Asia/Tokyo")).block(PATIENCE);
        Mono.from(first.setStatementTimeout(Duration.ofMillis(1))).block(PATIENCE);
        giveBack(first);

        Connection second = borrow(pool);
        assertThat(session(second).id()).isEqualTo(id);
        assertThat(session(second).zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(select(second, "SHOW CURRENT_DATABASE", String.class).blockLast(PATIENCE))
                .isEqualTo(database.name());
        execute(second, "DROP DATABASE " + other).blockLast(PATIENCE);
        giveBack(second);
        pool.close().block(PATIENCE);
    }

    @Test
    void aConnectionThatCanNotBeMadeAsGoodAsNewIsNotLentAgain() {
        ConnectionPool pool = pool(SharedIotdb.url() + "?sqlDialect=table&sharing=off", builder -> builder);
        Connection first = borrow(pool);
        String id = session(first).id();
        execute(first, "USE " + database.name()).blockLast(PATIENCE);
        giveBack(first);

        Connection second = borrow(pool);
        assertThat(session(second).id()).isNotEqualTo(id);
        assertThat(session(second).database()).isNull();
        giveBack(second);
        pool.close().block(PATIENCE);
    }

    @Test
    void whoLeavesInTheMiddleOfAResultLeavesNothingToTheNextBorrower() {
        String table = database.tableOf(ROWS);
        ConnectionPool pool = pool(database.url() + "&sharing=off", builder -> builder);
        String id = borrowedId(pool);
        for (int read = 1; read < 40; read++) {
            int rows = read;
            StepVerifier.create(Flux.usingWhen(
                            pool.create(), c -> scan(c, table, 10).take(rows), Connection::close))
                    .expectNextCount(rows)
                    .expectComplete()
                    .verify(PATIENCE);
            assertGood(pool, table);
        }
        assertThat(borrowedId(pool)).isEqualTo(id);
        pool.close().block(PATIENCE);
    }

    @Test
    void whoLeavesBeforeTheAnswerComesLeavesNothingToTheNextBorrower() {
        String table = database.tableOf(ROWS);
        try (FaultProxy proxy = FaultProxy.before(SharedIotdb.host(), SharedIotdb.port())) {
            ConnectionPool pool =
                    pool(database.url(proxy.host() + ":" + proxy.port()) + "&sharing=off", builder -> builder);
            Connection connection = borrow(pool);
            String id = session(connection).id();
            proxy.link(0).toClient().hold();
            long sent = proxy.link(0).toServer().bytes();
            StepVerifier.create(scan(connection, table, 10))
                    .expectSubscription()
                    .then(() -> proxy.link(0).toServer().awaitBytes(sent + 1))
                    .thenCancel()
                    .verify(PATIENCE);
            Mono<Void> back = Mono.from(connection.close());
            back.subscribe();
            proxy.link(0).pass();
            assertGood(pool, table);
            assertThat(borrowedId(pool)).isEqualTo(id);
            pool.close().block(PATIENCE);
        }
    }

    @Test
    void aResultThatIsStillReadWhenItsConnectionGoesBackIsEndedAndSaysWhy() {
        String table = database.tableOf(ROWS);
        ConnectionPool pool = pool(database.url() + "&sharing=off", builder -> builder);
        Connection connection = borrow(pool);
        String id = session(connection).id();
        StepVerifier.create(scan(connection, table, 10), 1)
                .expectNext(0)
                .then(() -> giveBack(connection))
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(i -> true)
                .expectErrorMessage("This connection was given back to its pool while a result was still being read")
                .verify(PATIENCE);
        assertGood(pool, table);
        assertThat(borrowedId(pool)).isEqualTo(id);
        pool.close().block(PATIENCE);
    }

    /** One connection, validated by a question to the server, unless the test wants another pool. */
    private static ConnectionPool pool(String url, UnaryOperator<ConnectionPoolConfiguration.Builder> change) {
        return new ConnectionPool(change.apply(ConnectionPoolConfiguration.builder(ConnectionFactories.get(url))
                        .initialSize(0)
                        .maxSize(1)
                        .validationDepth(ValidationDepth.REMOTE))
                .build());
    }

    private static Flux<Integer> scan(Connection connection, String table, int fetchSize) {
        return Flux.from(connection
                        .createStatement("SELECT i FROM " + table + " ORDER BY i")
                        .fetchSize(fetchSize)
                        .execute())
                .concatMap(result -> result.map(row -> row.get(0, Integer.class)), 0);
    }

    private static void assertGood(ConnectionPool pool, String table) {
        StepVerifier.create(Flux.usingWhen(pool.create(), c -> scan(c, table, 0), Connection::close))
                .expectNextSequence(IntStream.range(0, ROWS).boxed().toList())
                .expectComplete()
                .verify(PATIENCE);
    }

    private static Connection borrow(ConnectionPool pool) {
        return Objects.requireNonNull(pool.create().block(PATIENCE));
    }

    private static void giveBack(Connection connection) {
        Mono.from(connection.close()).block(PATIENCE);
    }

    /** Borrows a connection, proves that it works, gives it back; tells which one it was. */
    private static String borrowedId(ConnectionPool pool) {
        Connection connection = borrow(pool);
        assertThat(select(connection, "SHOW CURRENT_SQL_DIALECT", String.class).blockLast(PATIENCE))
                .isEqualTo("TABLE");
        String id = session(connection).id();
        giveBack(connection);
        return id;
    }

    private static IotdbSession session(Connection borrowed) {
        Object connection = ((Wrapped<?>) borrowed).unwrap();
        return Objects.requireNonNull(((Wrapped<?>) connection).unwrap(IotdbSession.class));
    }
}
