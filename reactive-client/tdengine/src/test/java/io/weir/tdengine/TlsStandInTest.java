package io.weir.tdengine;

import static io.weir.tdengine.StandIn.errorOf;
import static io.weir.tdengine.StandIn.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.CommonOptions;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.server.tdengine.TdengineStandIn;
import io.weir.testkit.Certificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** wss and https, from end to end. */
class TlsStandInTest {

    private final Certificates certificates = Certificates.get();

    private TdengineStandIn server(String certificate) {
        return TdengineStandIn.start(TdengineServerOptions.defaults().withTls(certificates.serverContext(certificate)));
    }

    private static String url(String scheme, TdengineStandIn server) {
        return scheme + "://root:taosdata@127.0.0.1:" + server.port();
    }

    private ClosingClient trusting(String url) {
        return new ClosingClient(TdengineClient.builder()
                .url(url)
                .option(CommonOptions.SSL_ROOT_CERT, certificates.authorityPem())
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tdengines", "tdengines:rest"})
    void whatTheServerHasSentArrives(String scheme) {
        try (TdengineStandIn server = server("server");
                ClosingClient secure = trusting(url(scheme, server))) {
            assertThat(get(secure.client()
                            .query("SELECT * FROM weir_gen.rows_50000", row -> row.getLong(0))
                            .count()))
                    .isEqualTo(50_000);
        }
    }

    @ParameterizedTest
    @CsvSource({"tdengines, elsewhere", "tdengines, expired", "tdengines:rest, elsewhere", "tdengines:rest, expired"})
    void aCertificateThatIsNotGoodForThisServerNowIsRefused(String scheme, String certificate) {
        try (TdengineStandIn server = server(certificate);
                ClosingClient secure = trusting(url(scheme, server))) {
            isRefused(secure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tdengines", "tdengines:rest"})
    void anAuthorityThatNobodyTrustsIsRefused(String scheme) {
        try (TdengineStandIn server = server("server");
                ClosingClient wary = ClosingClient.of(url(scheme, server))) {
            isRefused(wary);
        }
    }

    private static void isRefused(ClosingClient client) {
        WeirException error = errorOf(client.client().run("SELECT 1"));
        assertThat(error.kind()).isEqualTo(ErrorKind.CONNECT);
        assertThat(error).hasMessageContaining("certificate");
    }

    @Test
    void aServerThatSpeaksTlsAloneHasNoAnswerForWhoDoesNot() {
        try (TdengineStandIn server = server("server");
                ClosingClient plain = ClosingClient.of(url("tdengine", server))) {
            assertThat(errorOf(plain.client().run("SELECT 1")).kind()).isEqualTo(ErrorKind.CONNECT);
        }
    }
}
