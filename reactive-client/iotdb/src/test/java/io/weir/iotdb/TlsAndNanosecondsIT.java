package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.CommonOptions;
import io.weir.core.ErrorKind;
import io.weir.core.SslMode;
import io.weir.core.TimePrecision;
import io.weir.core.WeirException;
import io.weir.iotdb.type.Dialect;
import io.weir.server.iotdb.IotdbServer;
import io.weir.server.iotdb.IotdbServerOptions;
import io.weir.server.iotdb.SharedIotdb;
import io.weir.testkit.Certificates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** A server that speaks TLS only and counts nanoseconds. */
class TlsAndNanosecondsIT {

    private static final Certificates CERTIFICATES = Certificates.get();

    private static IotdbServer server;

    @BeforeAll
    static void start() {
        server = IotdbServer.start(IotdbServerOptions.defaults()
                .withHeapMegabytes(512)
                .withTls(CERTIFICATES.keyStore("server", "PKCS12"), Certificates.PASSWORD)
                .withTimestampPrecision(IotdbServerOptions.Precision.NANOSECONDS));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static IotdbClient.Builder client() {
        return IotdbClient.builder().url(server.url()).option(IotdbOptions.SQL_DIALECT, Dialect.TABLE);
    }

    @Test
    void nanosecondsAreKept() {
        IotdbClient client = client().option(CommonOptions.SSL_ROOT_CERT, CERTIFICATES.authorityPem())
                .build();
        Instant moment = Instant.parse("2024-02-29T23:59:59.123456789Z");
        StepVerifier.create(client.inSession(session -> RealSession.database(session, "nanos")
                        .then(RealSession.succeed(
                                session,
                                List.of(
                                        "create table t(ts timestamp field)",
                                        "insert into t(time, ts) values (" + session.literal(moment) + ", "
                                                + session.literal(moment.plusNanos(1)) + ")")))
                        .thenMany(session.query(
                                "select time, ts from t",
                                row -> List.of(row.get(0, Instant.class), row.get(1, Instant.class))))))
                .expectNext(List.of(moment, moment.plusNanos(1)))
                .verifyComplete();
        StepVerifier.create(client.server())
                .assertNext(info -> assertThat(info.precision()).isEqualTo(TimePrecision.NANOSECONDS))
                .verifyComplete();
        client.close().block();
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() {
        IotdbClient client = client().build();
        StepVerifier.create(client.execute("show version")).verifyErrorSatisfies(e -> {
            assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.CONNECT);
            assertThat(e).hasMessageContaining("trust");
        });
        client.close().block();
    }

    @Test
    void anyCertificateWillDoIfTheUserSaysSo() {
        IotdbClient client = IotdbClient.builder()
                .url("iotdb://root:root@127.0.0.1:" + server.port() + "?sslMode=require")
                .build();
        StepVerifier.create(client.ping()).expectNext(true).verifyComplete();
        client.close().block();
    }

    @Test
    void plainTcpToATlsPortSaysSo() {
        IotdbClient client = IotdbClient.create("iotdb://root:root@127.0.0.1:" + server.port());
        StepVerifier.create(client.execute("show version")).verifyErrorSatisfies(e -> {
            assertThat(((WeirException) e).kind()).as("%s", e.getMessage()).isEqualTo(ErrorKind.CONNECT);
            assertThat(e).hasMessageContaining("TLS");
        });
        client.close().block();
    }

    @Test
    void tlsToAPlainPortSaysSo() {
        IotdbClient client = IotdbClient.builder()
                .url("iotdb://root:root@" + SharedIotdb.host() + ":" + SharedIotdb.port())
                .option(CommonOptions.SSL_MODE, SslMode.REQUIRE)
                .option(IotdbOptions.CONNECT_TIMEOUT, Duration.ofSeconds(2))
                .build();
        // The server takes the beginning of a handshake for the length of a long frame, and waits for the rest of it.
        StepVerifier.create(client.execute("show version")).verifyErrorSatisfies(e -> {
            assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.TIMEOUT);
            assertThat(e).hasMessageContaining("TLS handshake was not answered");
        });
        client.close().block();
    }
}
