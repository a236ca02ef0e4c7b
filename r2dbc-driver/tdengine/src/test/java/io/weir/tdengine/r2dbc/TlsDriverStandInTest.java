package io.weir.tdengine.r2dbc;

import static io.weir.tdengine.r2dbc.StandIn.failureOf;
import static io.weir.tdengine.r2dbc.StandIn.select;
import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.server.tdengine.TdengineStandIn;
import io.weir.testkit.Certificates;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** {@code r2dbcs:} */
class TlsDriverStandInTest {

    private final Certificates certificates = Certificates.get();

    private String url(TdengineStandIn server, String way) {
        return server.url().replace("tdengine:", "tdengine:" + way)
                + "?sslRootCert="
                + URLEncoder.encode(certificates.authorityPem().toString(), StandardCharsets.UTF_8);
    }

    private static Flux<Long> one(String url) {
        return Flux.usingWhen(
                ConnectionFactories.get(url).create(), c -> select(c, "SELECT 1", Long.class), Connection::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rest:"})
    void aStatementTravelsOverTlsAndOnlyToTheServerThatIsMeant(String way) {
        try (TdengineStandIn server = TdengineStandIn.start(
                        TdengineServerOptions.defaults().withTls(certificates.serverContext("server")));
                TdengineStandIn other = TdengineStandIn.start(
                        TdengineServerOptions.defaults().withTls(certificates.serverContext("elsewhere")))) {
            assertThat(server.url()).startsWith("r2dbcs:");
            assertThat(one(url(server, way)).collectList().block(StandIn.LONG)).containsExactly(1L);
            assertThat(failureOf(one(url(other, way))))
                    .isInstanceOf(R2dbcTransientResourceException.class)
                    .hasMessageContaining("certificate");
        }
    }
}
