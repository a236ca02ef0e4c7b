package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.ThriftProtocol;
import io.weir.server.iotdb.IotdbServer;
import io.weir.server.iotdb.IotdbServerOptions;
import io.weir.server.iotdb.SharedIotdb;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** A server that is set to Thrift's compact protocol. */
class CompactProtocolIT {

    private static final int ROWS = 5_000;

    private static IotdbServer server;

    @BeforeAll
    static void start() {
        server = IotdbServer.start(
                IotdbServerOptions.defaults().withHeapMegabytes(512).withCompactProtocol());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void rowsOfSeveralRepliesGoInAndComeOut() {
        IotdbClient client = IotdbClient.builder()
                .url(server.url() + "?thriftProtocol=compact&fetchSize=500")
                .option(IotdbOptions.SQL_DIALECT, Dialect.TABLE)
                .build();
        StepVerifier.create(RealSession.inDatabase(
                                client,
                                "compact",
                                session -> RealSession.numbers(session, ROWS)
                                        .thenMany(session.query(
                                                "select l, d, b, s from t order by time",
                                                row -> row.getLong(0) + " " + row.getDouble(1) + " " + row.getBoolean(2)
                                                        + " " + row.getString(3))))
                        .index()
                        .doOnNext(row -> {
                            long n = row.getT1();
                            assertThat(row.getT2()).isEqualTo(n + " " + n / 2.0 + " " + (n % 2 == 0) + " text-" + n);
                        }))
                .expectNextCount(ROWS)
                .verifyComplete();
        client.close().block();
    }

    @Test
    void refusalsAndProperties() {
        IotdbClient client = IotdbClient.create(server.url() + "?thriftProtocol=compact");
        StepVerifier.create(client.execute("selec"))
                .verifyErrorSatisfies(e -> assertThat(e)
                        .isInstanceOfSatisfying(
                                WeirException.class, w -> assertThat(w.code()).isEqualTo(700)));
        StepVerifier.create(client.server().map(info -> info.maxFrameBytes() > 0))
                .expectNext(true)
                .verifyComplete();
        StepVerifier.create(client.ping()).expectNext(true).verifyComplete();
        client.close().block();
    }

    @Test
    void theOtherProtocolIsHungUpOnAndTheErrorNamesTheOption() {
        List<IotdbClient> wrong = List.of(
                IotdbClient.create(server.url()),
                IotdbClient.builder()
                        .url(SharedIotdb.url())
                        .option(IotdbOptions.THRIFT_PROTOCOL, ThriftProtocol.COMPACT)
                        .build());
        for (IotdbClient client : wrong) {
            StepVerifier.create(client.execute("show version")).verifyErrorSatisfies(e -> {
                assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.CONNECT);
                assertThat(e)
                        .hasMessageContaining("thriftProtocol=compact")
                        .hasMessageContaining("dn_rpc_thrift_compression_enable=true");
            });
            client.close().block();
        }
    }
}
