package io.weir.iotdb.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.weir.iotdb.IotdbSession;
import io.weir.r2dbc.WeirR2dbcException;
import io.weir.server.iotdb.SharedIotdb;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The driver over the SPI alone, against a real server. */
class IotdbDriverIT {

    private final String database = "d" + UUID.randomUUID().toString().replace("-", "");

    @Test
    void rowsGoInByNameAndComeOutAsTheTypesThatTheyAre() {
        Flux<List<Object>> rows = inTable(
                "t (site STRING TAG, b BOOLEAN FIELD, i INT32 FIELD, l INT64 FIELD, f FLOAT FIELD, d DOUBLE FIELD,"
                        + " x TEXT FIELD, s STRING FIELD, o BLOB FIELD, day DATE FIELD, at TIMESTAMP FIELD)",
                c -> Flux.from(c.createStatement("INSERT INTO t(time, site, b, i, l, f, d, x, s, o, day, at) VALUES"
                                        + " (:time, :site, :b, :i, :l, :f, :d, :x, :s, :o, :day, :at)")
                                .bind("time", Instant.ofEpochMilli(1700000000123L))
                                .bind("site", "a'b")
                                .bind("b", true)
                                .bind("i", Integer.MIN_VALUE)
                                .bind("l", Long.MAX_VALUE)
                                .bind("f", 1.5f)
                                .bind("d", -2.5e300)
                                .bind("x", "it's -- not /* a comment")
                                .bind("s", "\u00e4\u4e2d\ud83d\ude00")
                                .bind("o", ByteBuffer.wrap(new byte[] {0, -1}))
                                .bind("day", LocalDate.of(2024, 2, 29))
                                .bind("at", OffsetDateTime.parse("2024-02-29T12:00:00.500Z"))
                                .execute())
                        .concatMap(Result::getRowsUpdated)
                        .doOnNext(count -> assertThat(count).isEqualTo(1))
                        .thenMany(c.createStatement("SELECT * FROM t WHERE site = ?")
                                .bind(0, "a'b")
                                .execute())
                        .concatMap(r -> r.map((row, meta) -> List.of(
                                row.get("time", Long.class),
                                row.get("site"),
                                row.get("b"),
                                row.get("i"),
                                row.get("l"),
                                row.get("f"),
                                row.get("d"),
                                row.get("x"),
                                row.get("s"),
                                row.get("o"),
                                row.get("day"),
                                row.get("AT", Instant.class)))));
        StepVerifier.create(rows)
                .assertNext(row -> assertThat(row)
                        .containsExactly(
                                1700000000123L,
                                "a'b",
                                true,
                                Integer.MIN_VALUE,
                                Long.MAX_VALUE,
                                1.5f,
                                -2.5e300,
                                "it's -- not /* a comment",
                                "\u00e4\u4e2d\ud83d\ude00",
                                ByteBuffer.wrap(new byte[] {0, -1}),
                                LocalDate.of(2024, 2, 29),
                                Instant.parse("2024-02-29T12:00:00.500Z")))
                .verifyComplete();
    }

    @Test
    void manyBindingsTravelTogetherAndEachHasItsOwnResult() {
        Flux<Long> counts = inTable("t (i INT32 FIELD)", c -> {
            Statement insert = c.createStatement("INSERT INTO t(time, i) VALUES (?, ?)");
            for (int i = 0; i < 2500; i++) {
                if (i > 0) {
                    insert.add();
                }
                insert.bind(0, (long) i).bind(1, i);
            }
            return Flux.concat(
                    Flux.from(insert.execute())
                            .concatMap(Result::getRowsUpdated)
                            .count(),
                    Flux.from(c.createStatement("SELECT count(*), sum(i) FROM t")
                                    .execute())
                            .concatMap(r -> r.map(row -> row.get(0, Long.class) + row.get(1, Long.class))));
        });
        StepVerifier.create(counts)
                .expectNext(2500L)
                .expectNext(2500L + 2499L * 1250L)
                .verifyComplete();
    }

    @Test
    void rowsWithoutATimeAreSentOneByOneAndStillCounted() {
        Flux<Long> counts = inTable(
                "t (i INT32 FIELD)",
                c -> Flux.from(c.createStatement("INSERT INTO t(i) VALUES (?)")
                                .bind(0, 1)
                                .add()
                                .bind(0, 2)
                                .execute())
                        .concatMap(Result::getRowsUpdated));
        StepVerifier.create(counts).expectNext(1L, 1L).verifyComplete();
    }

    @Test
    void aRefusedBatchSaysThatItTravelledTogetherAndTheConnectionGoesOn() {
        Flux<Object> outcome = inTable(
                "t (i INT32 FIELD)",
                c -> Flux.concat(
                        Flux.from(c.createStatement("INSERT INTO t(time, i) VALUES (?, ?)")
                                        .bind(0, 1L)
                                        .bind(1, 1)
                                        .add()
                                        .bind(0, 2L)
                                        .bind(1, "no number")
                                        .execute())
                                .concatMap(Result::getRowsUpdated)
                                .cast(Object.class)
                                .onErrorResume(Mono::just),
                        Flux.from(c.createStatement("SELECT 7 FROM t LIMIT 1").execute())
                                .concatMap(r -> r.map(row -> row.get(0, Integer.class)))
                                .defaultIfEmpty(7)));
        StepVerifier.create(outcome)
                .assertNext(error -> assertThat((Throwable) error)
                        .isInstanceOf(WeirR2dbcException.class)
                        .hasMessageContaining("one of 2 bindings"))
                .expectNext(7)
                .verifyComplete();
    }

    @Test
    void aBatchMixesKindsAndAnswersEachInOrder() {
        Flux<String> answers = inTable(
                "t (i INT32 FIELD)",
                c -> Flux.from(c.createBatch()
                                .add("INSERT INTO t(time, i) VALUES (1, 10), (2, 20)")
                                .add("SELECT i FROM t ORDER BY time")
                                .add("INSERT INTO t(time, i) VALUES (3, 30)")
                                .add("SELECT count(*) AS n FROM t")
                                .execute())
                        .concatMap(r -> r.flatMap(segment -> {
                            if (segment instanceof Result.RowSegment row) {
                                return Mono.just("row " + row.row().get(0, String.class));
                            }
                            return Mono.just("count " + ((Result.UpdateCount) segment).value());
                        })));
        StepVerifier.create(answers)
                .expectNext("count 2", "row 10", "row 20", "count 1", "row 3")
                .verifyComplete();
    }

    @Test
    void nullsGoInTypedOrNot() {
        Flux<Boolean> rows = inTable(
                "t (i INT32 FIELD, s STRING FIELD)",
                c -> Flux.from(c.createStatement("INSERT INTO t(time, i, s) VALUES (?, ?, ?)")
                                .bind(0, 1L)
                                .bindNull(1, Integer.class)
                                .bind(2, Parameters.in(R2dbcType.VARCHAR))
                                .execute())
                        .concatMap(Result::getRowsUpdated)
                        .thenMany(c.createStatement("SELECT i, s FROM t").execute())
                        .concatMap(r -> r.map(row -> row.get("i") == null && row.get("s") == null)));
        StepVerifier.create(rows).expectNext(true).verifyComplete();
    }

    @Test
    void theTreeModelIsSpokenByDefault() {
        String series = "root." + database;
        Flux<Object> values = Flux.usingWhen(
                factory(SharedIotdb.url()).create(),
                c -> Flux.concat(
                        execute(c, "CREATE DATABASE " + series),
                        execute(c, "CREATE TIMESERIES " + series + ".d.s WITH DATATYPE=INT64"),
                        Flux.from(c.createStatement("INSERT INTO " + series + ".d(timestamp, s) VALUES (?, ?)")
                                        .bind(0, 5)
                                        .bind(1, 50L)
                                        .add()
                                        .bind(0, 6)
                                        .bind(1, 60L)
                                        .execute())
                                .concatMap(Result::getRowsUpdated),
                        Flux.from(c.createStatement("SELECT s FROM " + series + ".d WHERE time > :t")
                                        .bind("t", 5)
                                        .execute())
                                .concatMap(r -> r.map((row, meta) -> {
                                    assertThat(meta.getColumnMetadata(0).getName())
                                            .isEqualTo("Time");
                                    return row.get("Time", Long.class) + "=" + row.get(1, Long.class);
                                })),
                        execute(c, "DELETE DATABASE " + series)),
                Connection::close);
        StepVerifier.create(values).expectNext(1L, 1L, "6=60").verifyComplete();
    }

    @Test
    void theConnectionLeadsToTheSessionBehindIt() {
        Mono<String> version = Mono.usingWhen(
                factory(SharedIotdb.url() + "?sharing=off").create(),
                c -> Mono.fromCallable(() -> {
                    IotdbSession session = ((io.r2dbc.spi.Wrapped<?>) c).unwrap(IotdbSession.class);
                    assertThat(c.getMetadata().getDatabaseProductName()).isEqualTo("Apache IoTDB");
                    assertThat(session.server().version())
                            .isEqualTo(c.getMetadata().getDatabaseVersion());
                    return session.server().version();
                }),
                Connection::close);
        StepVerifier.create(version)
                .assertNext(text -> assertThat(text).startsWith("2."))
                .verifyComplete();
    }

    @Test
    void grammarErrorsCarryTheServersCodeAndTheStatementButDoNotPrintIt() {
        Mono<Void> run = Mono.usingWhen(
                factory(SharedIotdb.url()).create(),
                c -> Flux.from(c.createStatement("SELCT 'secret'").execute())
                        .concatMap(Result::getRowsUpdated)
                        .then(),
                Connection::close);
        StepVerifier.create(run)
                .expectErrorSatisfies(e -> {
                    R2dbcBadGrammarException error = (R2dbcBadGrammarException) e;
                    assertThat(error.getErrorCode()).isEqualTo(700);
                    assertThat(error.getSqlState()).isEqualTo("42000");
                    assertThat(error.getOffendingSql()).isEqualTo("SELCT 'secret'");
                })
                .verify();
    }

    private static ConnectionFactory factory(String url) {
        return ConnectionFactories.get(url);
    }

    private static <T> Flux<T> execute(Connection c, String sql) {
        return Flux.from(c.createStatement(sql).execute())
                .concatMap(Result::getRowsUpdated)
                .thenMany(Flux.empty());
    }

    /** Runs work in a database of its own with one table, on one connection of the table dialect. */
    private <T> Flux<T> inTable(String table, Function<Connection, Publisher<T>> work) {
        return Flux.usingWhen(
                factory(SharedIotdb.url() + "?sqlDialect=table").create(),
                c -> Flux.concat(
                        execute(c, "CREATE DATABASE " + database),
                        execute(c, "USE " + database),
                        execute(c, "CREATE TABLE " + table),
                        Flux.from(work.apply(c)),
                        execute(c, "DROP DATABASE " + database)),
                Connection::close);
    }
}
