package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.SslMode;
import io.weir.core.TlsSettings;
import io.weir.core.WeirException;
import io.weir.testkit.Certificates;
import io.weir.testkit.Waits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** TLS in every mode, against servers of the JDK. */
class TlsTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Certificates certificates = Certificates.get();

    @BeforeAll
    static void noTestHangs() {
        StepVerifier.setDefaultTimeout(LIMIT);
    }

    private static Mono<FifoWire> login(FifoWire wire) {
        return wire.exchange(() -> new Ask("login")).then(Mono.just(wire));
    }

    private ToyServer server(String alias, boolean wantsToKnowClients) {
        return new ToyServer(
                new ServerSocketFactory() {
                    @Override
                    public ServerSocket createServerSocket(int port) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public ServerSocket createServerSocket(int port, int backlog) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
                            throws IOException {
                        SSLServerSocket socket = (SSLServerSocket) certificates
                                .serverContext(alias)
                                .getServerSocketFactory()
                                .createServerSocket(port, backlog, address);
                        socket.setNeedClientAuth(wantsToKnowClients);
                        return socket;
                    }
                },
                ToyServer.echo());
    }

    private static Connector connector(TlsSettings tls) {
        return new Connector(WireSettings.of("toy", FrameFormat.INT32_LENGTH)
                .withConnectTimeout(LIMIT)
                .withTls(tls));
    }

    private TlsSettings trusting(SslMode mode) {
        return tls(b -> b.mode(mode).rootCertificates(certificates.authorityPem()));
    }

    private static TlsSettings tls(UnaryOperator<TlsSettings.Builder> how) {
        return how.apply(TlsSettings.builder()).build();
    }

    private static void works(ToyServer server, TlsSettings tls) {
        FifoWire wire =
                connector(tls).connect(server.endpoint(), TlsTest::login).block(LIMIT);
        String large = "z".repeat(200_000);
        assertThat(wire.exchange(() -> new Ask(large)).blockLast(LIMIT)).isEqualTo(large);
        wire.close().block(LIMIT);
        Waits.until(() -> server.ended.get() == server.accepted.get());
    }

    private static void fails(ToyServer server, TlsSettings tls, String... words) {
        StepVerifier.create(connector(tls).connect(server.endpoint(), TlsTest::login))
                .verifyErrorSatisfies(connectError(server, words));
        Waits.until(() -> server.ended.get() == server.accepted.get());
    }

    private static Consumer<Throwable> connectError(ToyServer server, String... words) {
        return e -> assertThat((WeirException) e)
                .hasMessageContainingAll(words)
                .hasMessageContaining(server.endpoint().toString())
                .extracting(WeirException::kind)
                .isEqualTo(ErrorKind.CONNECT);
    }

    @ParameterizedTest
    @EnumSource(names = "DISABLE", mode = EnumSource.Mode.EXCLUDE)
    void everyModeAcceptsACertificateThatIsTrustedAndNamesTheHost(SslMode mode) {
        try (ToyServer server = server("server", false)) {
            works(server, trusting(mode));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void aTrustStoreIsRecognizedByItsContent(String type) {
        try (ToyServer server = server("server", false)) {
            works(server, tls(b -> b.trustStore(certificates.trustStore(type), Certificates.PASSWORD)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VERIFY_CA", "VERIFY_FULL"})
    void aCertificateOfAnUnknownAuthorityIsRefused(SslMode mode) {
        try (ToyServer server = server("server", false)) {
            fails(server, tls(b -> b.mode(mode)), "no authority that is trusted", "sslRootCert");
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefusedByTheStrictestModeOnly() {
        try (ToyServer server = server("elsewhere", false)) {
            fails(server, trusting(SslMode.VERIFY_FULL), "for another host", "verify-ca");
            works(server, trusting(SslMode.VERIFY_CA));
            works(server, tls(b -> b.mode(SslMode.REQUIRE)));
        }
    }

    @Test
    void aCertificateThatHasExpiredIsRefusedUnlessAnyWillDo() {
        try (ToyServer server = server("expired", false)) {
            fails(server, trusting(SslMode.VERIFY_FULL), "is not valid", "NotAfter");
            fails(server, trusting(SslMode.VERIFY_CA), "is not valid", "NotAfter");
            works(server, tls(b -> b.mode(SslMode.REQUIRE)));
        }
    }

    @Test
    void aServerThatWantsToKnowUsIsShownAKeyStore() {
        try (ToyServer server = server("server", true)) {
            works(
                    server,
                    tls(b -> b.rootCertificates(certificates.authorityPem())
                            .keyStore(certificates.keyStore("client", "PKCS12"), Certificates.PASSWORD)));
        }
    }

    @Test
    void aServerThatWantsToKnowUsIsShownPemFiles() {
        try (ToyServer server = server("server", true)) {
            works(
                    server,
                    tls(b -> b.rootCertificates(certificates.authorityPem())
                            .certificate(certificates.chainPem("client"), certificates.keyPem("client"), null)));
            works(
                    server,
                    tls(b -> b.rootCertificates(certificates.authorityPem())
                            .certificate(
                                    certificates.chainPem("client"),
                                    certificates.encryptedKeyPem("client"),
                                    Certificates.PASSWORD)));
        }
    }

    @Test
    void aServerThatWantsToKnowUsAndIsShownNothingRefusesAndWeSayWhy() {
        try (ToyServer server = server("server", true)) {
            fails(server, trusting(SslMode.VERIFY_FULL), "client certificate", "sslCert");
        }
    }

    @Test
    void tlsToAServerThatAnswersInPlainTextIsNamed() {
        try (ToyServer server = new ToyServer(peer -> peer.say("what?"))) {
            fails(server, trusting(SslMode.VERIFY_FULL), "does not speak TLS on this port", "sslMode=disable");
        }
    }

    @Test
    void tlsToAServerThatHangsUpIsNamed() {
        try (ToyServer server = new ToyServer(peer -> peer.in.readNBytes(20))) {
            fails(server, trusting(SslMode.VERIFY_FULL), "closed", "TLS", "sslMode=disable");
        }
    }

    @Test
    void tlsToAServerThatSaysNothingRunsIntoTheLimit() {
        try (ToyServer server = new ToyServer(ToyServer.silence())) {
            Connector hasty = new Connector(WireSettings.of("toy", FrameFormat.INT32_LENGTH)
                    .withConnectTimeout(Duration.ofSeconds(3))
                    .withTls(trusting(SslMode.VERIFY_FULL)));
            StepVerifier.create(hasty.connect(server.endpoint(), TlsTest::login))
                    .verifyErrorSatisfies(e -> assertThat((WeirException) e)
                            .hasMessageContainingAll("3000 ms", "TLS handshake was not answered")
                            .extracting(WeirException::kind)
                            .isEqualTo(ErrorKind.TIMEOUT));
            Waits.until(() -> server.ended.get() == server.accepted.get());
        }
    }

    @Test
    void plainTextToAServerThatSpeaksTlsIsNamed() {
        try (ToyServer server = server("server", false)) {
            StepVerifier.create(connector(null).connect(server.endpoint(), TlsTest::login))
                    .verifyErrorSatisfies(connectError(server, "TLS", "sslMode"));
        }
    }
}
