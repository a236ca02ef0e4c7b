package io.weir.tdengine.r2dbc;

import static io.weir.tdengine.r2dbc.TestPlace.counts;
import static io.weir.tdengine.r2dbc.TestPlace.failureOf;
import static io.weir.tdengine.r2dbc.TestPlace.select;
import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.ValidationDepth;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code r2dbc:tdengine:rest://}: the same statements and results, without a session. */
class RestDriverTest {

    @Test
    void statementsValuesBatchesAndRefusalsAreThoseOfTheOtherWays() {
        try (TestPlace at = TestPlace.any(Places.REST).run("CREATE TABLE t (ts TIMESTAMP, v INT, name NCHAR(10))")) {
            ConnectionFactory factory = at.factory("zone=Asia/Shanghai");
            assertThat(Flux.<Object, Connection>usingWhen(
                                    Mono.<Connection>from(factory.create()),
                                    c -> Flux.concat(
                                            counts(c.createStatement("INSERT INTO ? VALUES(?, ?, ?)")
                                                    .bind(0, "t")
                                                    .bind(1, LocalDateTime.parse("2024-01-02T08:00:00.000001"))
                                                    .bind(2, 1)
                                                    .bind(3, "it's")
                                                    .add()
                                                    .bind(0, "t")
                                                    .bind(1, Instant.parse("2024-01-03T00:00:00Z"))
                                                    .bind(2, 2)
                                                    .bindNull(3, String.class)),
                                            select(
                                                    c.createStatement("SELECT ts FROM t WHERE name = ?")
                                                            .bind(0, "it's"),
                                                    Instant.class),
                                            Flux.from(c.createBatch()
                                                            .add("SELECT 3")
                                                            .add("SELECT COUNT(*) FROM t")
                                                            .execute())
                                                    .concatMap(result -> result.map(row -> row.get(0, Long.class)), 0),
                                            select(c, "SELEKT", Object.class)
                                                    .onErrorResume(e -> Flux.just(
                                                            e.getClass().getSuperclass())),
                                            c.validate(ValidationDepth.REMOTE)),
                                    Connection::close)
                            .collectList()
                            .block(TestPlace.LONG))
                    .containsExactly(
                            1L,
                            1L,
                            Instant.parse("2024-01-02T00:00:00.000001Z"),
                            3L,
                            2L,
                            R2dbcBadGrammarException.class,
                            true);
        }
    }

    @Test
    void theLoginIsProvenWhenAConnectionIsMade() {
        try (TestPlace at = TestPlace.any(Places.REST)) {
            assertThat(failureOf(at.factoryOf(at.wrongUrl("mistaken-secret")).create()))
                    .isInstanceOf(R2dbcPermissionDeniedException.class)
                    .hasMessageNotContaining("mistaken-secret");
        }
    }

    @Test
    void whatNeedsASessionIsRefused() {
        try (TestPlace at = TestPlace.any(Places.REST)) {
            assertThat(failureOf(Flux.usingWhen(
                            at.factory("").create(),
                            c -> counts(c.createStatement("USE " + at.database())),
                            Connection::close)))
                    .isInstanceOf(io.r2dbc.spi.R2dbcException.class);
        }
    }
}
