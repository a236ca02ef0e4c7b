package io.weir.tdengine.r2dbc;

import static io.weir.tdengine.r2dbc.TestPlace.counts;
import static io.weir.tdengine.r2dbc.TestPlace.failureOf;
import static io.weir.tdengine.r2dbc.TestPlace.select;
import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.ValidationDepth;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** {@code r2dbc:tdengine:native://}: the same statements and results over the vendor's C interface. */
@ExtendWith(Shared.class)
class NativeDriverTest {

    private static final String SHARED = "sharing=auto";
    private static final String OWN = "sharing=off";

    private final NativeServer server;

    NativeDriverTest(NativeServer server) {
        this.server = server;
    }

    /** What work on a connection of its own yields; nothing of it is left in the library. */
    private <T> List<T> connected(String options, Function<Connection, Publisher<T>> work) {
        ConnectionFactory factory = ConnectionFactories.get(server.url(options));
        try {
            return Flux.usingWhen(factory.create(), work, Connection::close)
                    .collectList()
                    .block(TestPlace.LONG);
        } finally {
            NativeServer.close(factory);
            assertThat(server.toy().toy_broken_text()).isEmpty();
            assertThat(server.toy().toy_open_results()).isZero();
            assertThat(server.toy().toy_open_statements()).isZero();
        }
    }

    private Throwable failure(String options, Function<Connection, Publisher<?>> work) {
        return failureOf(Flux.defer(() -> Flux.fromIterable(connected(
                options, connection -> Flux.from(work.apply(connection)).map(any -> any)))));
    }

    private void make(String table, String columns) {
        connected(
                OWN,
                c -> counts(c.createStatement("DROP TABLE IF EXISTS " + table))
                        .thenMany(counts(c.createStatement("CREATE TABLE " + table + " " + columns))));
    }

    @ParameterizedTest
    @ValueSource(strings = {SHARED, OWN})
    void valuesOfAllTypesAreBoundAndReadBack(String sharing) {
        make(
                "typed",
                "(ts TIMESTAMP, b BOOL, i1 TINYINT, i2 SMALLINT, i4 INT, i8 BIGINT, u4 INT UNSIGNED, f FLOAT, d DOUBLE, v"
                        + " VARCHAR(20), n NCHAR(20), vb VARBINARY(20), dec DECIMAL(10,2))");
        Instant moment = Instant.parse("2024-01-02T03:04:05.678901234Z");
        Object[] values = {
            moment,
            true,
            (byte) -1,
            (short) -2,
            -3,
            -4L,
            4294967295L,
            1.5f,
            2.5,
            "it's",
            "näch😀",
            ByteBuffer.wrap(new byte[] {0, 1, -1}),
            new BigDecimal("-1.25")
        };
        String insert = "INSERT INTO typed VALUES(?" + ", ?".repeat(values.length - 1) + ")";
        assertThat(connected(sharing, c -> {
                    Statement statement = c.createStatement(insert);
                    for (int i = 0; i < values.length; i++) {
                        statement.bind(i, values[i]);
                    }
                    statement.add().bind(0, moment.plusNanos(1));
                    for (int i = 1; i < values.length; i++) {
                        statement.bindNull(i, values[i].getClass());
                    }
                    return counts(statement);
                }))
                .containsExactly(1L, 1L);
        List<List<Object>> rows = connected(
                sharing,
                c -> Flux.from(c.createStatement("SELECT * FROM typed").execute())
                        .concatMap(result -> result.map(row -> read(row, values))));
        assertThat(rows.get(0)).isEqualTo(List.of(values));
        assertThat(rows.get(1).subList(1, values.length)).containsOnlyNulls();
    }

    private static List<Object> read(Readable row, Object[] like) {
        List<Object> read = new ArrayList<>();
        for (int i = 0; i < like.length; i++) {
            Class<?> type = like[i] instanceof ByteBuffer ? ByteBuffer.class : like[i].getClass();
            read.add(row.get(i, type));
        }
        return read;
    }

    @ParameterizedTest
    @ValueSource(strings = {SHARED, OWN})
    void placeholdersBatchesAndSeveralBindingsWork(String sharing) {
        make("several", "(ts TIMESTAMP, v INT, name NCHAR(10))");
        assertThat(connected(
                        sharing,
                        c -> Flux.concat(
                                counts(c.createStatement("INSERT INTO several VALUES(:ts, :v, :name)")
                                        .bind("ts", Instant.EPOCH)
                                        .bind("v", 1)
                                        .bind("name", "one")
                                        .add()
                                        .bind("ts", Instant.EPOCH.plusSeconds(1))
                                        .bind("v", 2)
                                        .bindNull("name", String.class)),
                                select(
                                        c.createStatement("SELECT v FROM several WHERE name = ?")
                                                .bind(0, "one"),
                                        Long.class),
                                Flux.from(c.createBatch()
                                                .add("SELECT 3")
                                                .add("SELECT COUNT(*) FROM several")
                                                .execute())
                                        .concatMap(result -> result.map(row -> row.get(0, Long.class)), 0))))
                .containsExactly(1L, 1L, 1L, 3L, 2L);
    }

    @Test
    void theFetchSizeChangesNothingAndLongResultsAreWhole() {
        assertThat(connected(
                        SHARED,
                        c -> Flux.from(c.createStatement("SELECT * FROM gen_20000")
                                        .fetchSize(7)
                                        .execute())
                                .concatMap(result -> result.map(row -> row.get(1, Integer.class)))))
                .isEqualTo(IntStream.range(0, 20_000).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {SHARED, OWN})
    void whoLeavesInTheMiddleOfAResultHasAGoodConnection(String sharing) {
        assertThat(connected(
                        sharing,
                        c -> Flux.range(0, 10)
                                .concatMap(i -> Flux.from(c.createStatement("SELECT * FROM gen_1000000")
                                                .execute())
                                        .concatMap(result -> result.map(row -> row.get(1, Integer.class)), 0)
                                        .take(i))
                                .thenMany(select(c, "SELECT 7", Long.class))))
                .containsExactly(7L);
    }

    @Test
    void rowsComeAsTheyAreAskedFor() {
        ConnectionFactory factory = ConnectionFactories.get(server.url(OWN));
        Connection connection = Mono.<Connection>from(factory.create()).block(TestPlace.LONG);
        long before = server.toy().toy_fetched_blocks();
        StepVerifier.create(
                        Flux.from(connection
                                        .createStatement("SELECT * FROM gen_1000000")
                                        .execute())
                                .concatMap(result -> result.map(row -> row.get(1, Integer.class)), 0),
                        2)
                .expectNext(0, 1)
                .then(() ->
                        assertThat(server.toy().toy_fetched_blocks() - before).isLessThanOrEqualTo(2))
                .thenCancel()
                .verify(TestPlace.LONG);
        TestPlace.close(connection);
        NativeServer.close(factory);
    }

    @ParameterizedTest
    @ValueSource(strings = {SHARED, OWN})
    void refusalsHaveTheirClassesAndLeaveTheConnectionGood(String sharing) {
        make("narrow", "(ts TIMESTAMP, v VARCHAR(3))");
        assertThat(failure(sharing, c -> counts(c.createStatement("SELEKT"))))
                .isInstanceOf(R2dbcBadGrammarException.class);
        assertThat(failure(sharing, c -> select(c, "SELECT v FROM nowhere", String.class)))
                .isInstanceOf(R2dbcBadGrammarException.class);
        assertThat(failure(sharing, c -> counts(c.createStatement("INSERT INTO narrow VALUES (1, 'four')"))))
                .isInstanceOf(R2dbcDataIntegrityViolationException.class);
        assertThat(connected(
                        sharing,
                        c -> select(c, "SELEKT", Object.class)
                                .onErrorResume(R2dbcBadGrammarException.class, e -> Flux.empty())
                                .thenMany(select(c, "SELECT 1", Object.class))))
                .hasSize(1);
    }

    @Test
    void aConnectionTellsOfItselfRefusesTransactionsAndEnds() {
        ConnectionFactory factory = ConnectionFactories.get(server.url(OWN));
        Connection c = Mono.<Connection>from(factory.create()).block(TestPlace.LONG);
        assertThat(c.getMetadata().getDatabaseProductName()).isEqualTo(TdengineDriverSession.PRODUCT);
        assertThat(c.getMetadata().getDatabaseVersion()).startsWith("3.");
        assertThat(failureOf(c.beginTransaction())).isInstanceOf(UnsupportedOperationException.class);
        assertThat(Mono.from(c.validate(ValidationDepth.REMOTE)).block(TestPlace.LONG))
                .isTrue();
        TestPlace.close(c);
        assertThat(Mono.from(c.validate(ValidationDepth.REMOTE)).block(TestPlace.LONG))
                .isFalse();
        NativeServer.close(factory);
    }

    @Test
    void whatKeepsAConnectionFromBeingIsTold() {
        assertThat(connecting(server.url(OWN).replace("taosdata", "mistaken-secret")))
                .isInstanceOf(R2dbcPermissionDeniedException.class)
                .hasMessageNotContaining("mistaken-secret");
        assertThat(connecting("r2dbc:tdengine:native://root:taosdata@127.0.0.1/?nativeLibrary=/nowhere/libtaos.so"))
                .isInstanceOf(R2dbcException.class)
                .hasMessageContaining("/nowhere/libtaos.so")
                .hasMessageContaining("install the TDengine client");
    }

    private static Throwable connecting(String url) {
        ConnectionFactory factory = ConnectionFactories.get(url);
        Throwable failure = failureOf(factory.create());
        NativeServer.close(factory);
        return failure;
    }
}
