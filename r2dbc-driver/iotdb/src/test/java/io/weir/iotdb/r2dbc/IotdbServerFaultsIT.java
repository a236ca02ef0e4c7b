package io.weir.iotdb.r2dbc;

import static io.weir.iotdb.r2dbc.TestDatabase.execute;
import static io.weir.iotdb.r2dbc.TestDatabase.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.r2dbc.spi.ValidationDepth;
import io.weir.server.iotdb.IotdbServer;
import io.weir.server.iotdb.IotdbServerOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Servers that go away, or are set up in a way that the driver does not speak. */
class IotdbServerFaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aServerThatIsStoppedAndStartedInMidQueryIsAnErrorNowAndTheNextQueryOnANewConnectionWorks() {
        try (IotdbServer server =
                IotdbServer.start(IotdbServerOptions.defaults().withHeapMegabytes(512))) {
            ConnectionFactory factory = ConnectionFactories.get(server.url() + "/stops?sqlDialect=table&sharing=off");
            Connection connection = Mono.from(factory.create()).block(PATIENCE);
            execute(connection, "CREATE DATABASE stops").blockLast(PATIENCE);
            execute(connection, "CREATE TABLE t (i INT32 FIELD)").blockLast(PATIENCE);
            execute(connection, "INSERT INTO t(time, i) VALUES (0, 0), (1000000, 1)")
                    .blockLast(PATIENCE);
            // A server that is killed loses what it has not written to its log yet.
            execute(connection, "FLUSH").blockLast(PATIENCE);

            // Made up by the server while it is read: far more than is ever on its way.
            Flux<Long> rows = Flux.from(connection
                            .createStatement(
                                    "SELECT w FROM (SELECT date_bin_gapfill(1ms, time) AS w, count(i) AS n FROM t"
                                            + " WHERE time >= 0 AND time < 1000000 GROUP BY 1) ORDER BY n")
                            .fetchSize(100)
                            .execute())
                    .concatMap(result -> result.map(row -> row.get(0, Long.class)), 0);
            StepVerifier.create(rows, 10)
                    .expectNextCount(10)
                    .then(server::kill)
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(row -> true)
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(R2dbcNonTransientResourceException.class)
                            .hasMessageContaining("lost")
                            .extracting(e -> ((R2dbcException) e).getSqlState())
                            .isEqualTo("08006"))
                    .verify(PATIENCE);
            assertThatThrownBy(() -> Mono.from(factory.create()).block(PATIENCE))
                    .isInstanceOf(R2dbcTransientResourceException.class);

            server.restart();
            assertThat(Mono.from(connection.validate(ValidationDepth.REMOTE)).block(PATIENCE))
                    .isFalse();
            StepVerifier.create(Flux.usingWhen(
                            factory.create(),
                            c -> select(c, "SELECT i FROM t ORDER BY time", Integer.class),
                            Connection::close))
                    .expectNext(0, 1)
                    .expectComplete()
                    .verify(PATIENCE);
            Mono.from(connection.close()).block(PATIENCE);
        }
    }

    @Test
    void aServerThatSpeaksTheCompactProtocolIsNamedAsAPossibility() {
        try (IotdbServer server = IotdbServer.start(
                IotdbServerOptions.defaults().withHeapMegabytes(512).withCompactProtocol())) {
            ConnectionFactory factory = ConnectionFactories.get(server.url());
            assertThatThrownBy(() -> Mono.from(factory.create()).block(PATIENCE))
                    .isInstanceOf(R2dbcTransientResourceException.class)
                    .hasMessageContaining("dn_rpc_thrift_compression_enable");
        }
    }
}
