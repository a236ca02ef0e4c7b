package io.weir.iotdb.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.weir.server.iotdb.IotdbServer;
import io.weir.server.iotdb.IotdbServerOptions;
import io.weir.server.iotdb.SharedIotdb;
import io.weir.testkit.Certificates;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** {@code r2dbcs:} against servers that speak TLS only; one of them shows a certificate for another host. */
class IotdbTlsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Certificates CERTIFICATES = Certificates.get();

    private static IotdbServer here;
    private static IotdbServer elsewhere;

    @BeforeAll
    static void start() {
        here = start("server");
        elsewhere = start("elsewhere");
    }

    private static IotdbServer start(String alias) {
        return IotdbServer.start(IotdbServerOptions.defaults()
                .withHeapMegabytes(512)
                .withTls(CERTIFICATES.keyStore(alias, "PKCS12"), Certificates.PASSWORD));
    }

    @AfterAll
    static void stop() {
        here.close();
        elsewhere.close();
    }

    @Test
    void aPemFileTellsWhomToTrust() {
        assertThat(dialect(url("r2dbcs", here, "sslRootCert=" + encoded(CERTIFICATES.authorityPem()))))
                .isEqualTo("TABLE");
    }

    @Test
    void aTrustStoreTellsWhomToTrust() {
        for (String type : new String[] {"PKCS12", "JKS"}) {
            assertThat(dialect(url(
                            "r2dbcs",
                            here,
                            "trustStore=" + encoded(CERTIFICATES.trustStore(type)) + "&trustStorePassword="
                                    + Certificates.PASSWORD)))
                    .isEqualTo("TABLE");
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() {
        assertThatThrownBy(() -> dialect(url("r2dbcs", here, "fetchSize=100")))
                .isInstanceOf(R2dbcTransientResourceException.class)
                .hasMessageContaining("trust");
    }

    @Test
    void aCertificateForAnotherHostIsRefusedUnlessTheUserSaysOtherwise() {
        String trusting = "sslRootCert=" + encoded(CERTIFICATES.authorityPem());
        assertThatThrownBy(() -> dialect(url("r2dbcs", elsewhere, trusting)))
                .isInstanceOf(R2dbcTransientResourceException.class)
                .hasMessageContaining("127.0.0.1");
        assertThat(dialect(url("r2dbcs", elsewhere, trusting + "&sslMode=verify-ca")))
                .isEqualTo("TABLE");
        assertThat(dialect(url("r2dbc", elsewhere, "sslMode=require"))).isEqualTo("TABLE");
    }

    @Test
    void aCertificateThatHasExpiredIsRefused() {
        try (IotdbServer late = start("expired")) {
            String trusting = "sslRootCert=" + encoded(CERTIFICATES.authorityPem());
            assertThatThrownBy(() -> dialect(url("r2dbcs", late, trusting)))
                    .isInstanceOf(R2dbcTransientResourceException.class)
                    .hasMessageContaining("is not valid. (NotAfter");
        }
    }

    @Test
    void speakingInClearToATlsPortIsAnErrorThatSaysSo() {
        assertThatThrownBy(() -> dialect(url("r2dbc", here, "connectTimeout=3s")))
                .isInstanceOf(R2dbcTransientResourceException.class)
                .hasMessageContaining("TLS");
    }

    @Test
    void speakingTlsToAPlainPortIsAnErrorThatSaysSo() {
        // The server takes the beginning of a handshake for the length of a long frame, and waits for the rest of it.
        assertThatThrownBy(() -> dialect("r2dbcs:iotdb://root:root@" + SharedIotdb.host() + ":" + SharedIotdb.port()
                        + "?connectTimeout=2s"))
                .isInstanceOf(R2dbcTimeoutException.class)
                .hasMessageContaining("TLS handshake was not answered");
    }

    private static String url(String scheme, IotdbServer server, String options) {
        return scheme + ":iotdb://root:root@" + server.host() + ":" + server.port() + "?sqlDialect=table&" + options;
    }

    private static String encoded(Path file) {
        return file.toUri().getRawPath();
    }

    /** Proves that the connection works. */
    private static String dialect(String url) {
        return Flux.usingWhen(
                        ConnectionFactories.get(url).create(),
                        c -> TestDatabase.select(c, "SHOW CURRENT_SQL_DIALECT", String.class),
                        Connection::close)
                .blockLast(PATIENCE);
    }
}
