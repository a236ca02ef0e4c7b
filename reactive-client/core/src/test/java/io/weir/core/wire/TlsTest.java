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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
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

    // --- files that change
    // --------------------------------------------------------------------------------------------

    private static FifoWire open(Connector connector, ToyServer server) {
        // On a thread that must not block, as where connections are opened for callers who wait.
        return Objects.requireNonNull(connector
                .connect(server.endpoint(), TlsTest::login)
                .subscribeOn(Schedulers.parallel())
                .block(LIMIT));
    }

    private static void answers(FifoWire wire) {
        assertThat(wire.exchange(() -> new Ask("ping")).blockLast(LIMIT)).isEqualTo("ping");
    }

    private static void replace(Path file, Path by) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.copy(by, fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void refuses(Connector connector, ToyServer server, String... words) {
        StepVerifier.create(connector.connect(server.endpoint(), TlsTest::login).subscribeOn(Schedulers.parallel()))
                .verifyErrorSatisfies(e -> {
                    assertThat(e).hasMessageContainingAll(words).hasMessageContaining("files for TLS have changed");
                    assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.BAD_REQUEST);
                    assertThat(((WeirException) e).sent()).isEqualTo(WeirException.Sent.NO);
                });
    }

    @Test
    void whomToTrustIsReadAgainForNewConnectionsAndTheOpenOnesStay(@TempDir Path folder) throws IOException {
        Path roots = folder.resolve("roots.pem");
        replace(roots, certificates.authorityPem());
        try (ToyServer server = server("server", false)) {
            Connector connector = connector(tls(b -> b.rootCertificates(roots)));
            FifoWire old = open(connector, server);

            replace(roots, certificates.chainPem("stranger"));
            StepVerifier.create(connector.connect(server.endpoint(), TlsTest::login))
                    .verifyErrorSatisfies(connectError(server, "no authority that is trusted"));
            answers(old);

            replace(roots, certificates.authorityPem());
            FifoWire fresh = open(connector, server);
            answers(fresh);
            answers(old);
            old.close().block(LIMIT);
            fresh.close().block(LIMIT);
        }
    }

    @Test
    void whoWeAreIsReadAgainForNewConnections(@TempDir Path folder) throws IOException {
        Path chain = folder.resolve("client.pem");
        Path key = folder.resolve("client.key.pem");
        replace(chain, certificates.chainPem("stranger"));
        replace(key, certificates.keyPem("stranger"));
        try (ToyServer server = server("server", true)) {
            Connector connector = connector(
                    tls(b -> b.rootCertificates(certificates.authorityPem()).certificate(chain, key, null)));
            StepVerifier.create(connector.connect(server.endpoint(), TlsTest::login))
                    .verifyErrorSatisfies(connectError(server, "refused our side"));

            replace(chain, certificates.chainPem("client"));
            refuses(connector, server, key.toString(), "is not the one of the certificate", chain.toString());

            replace(key, certificates.keyPem("client"));
            FifoWire wire = open(connector, server);
            answers(wire);
            wire.close().block(LIMIT);
        }
    }

    @Test
    void aNewFileThatIsBrokenIsNamedUntilItIsRightAndWhatIsOpenGoesOn(@TempDir Path folder) throws IOException {
        Path store = folder.resolve("trust.p12");
        replace(store, certificates.trustStore("PKCS12"));
        try (ToyServer server = server("server", false)) {
            Connector connector = connector(tls(b -> b.trustStore(store, Certificates.PASSWORD)));
            FifoWire old = open(connector, server);

            Files.writeString(store, "half of it");
            refuses(connector, server, store.toString(), "can not be opened");
            refuses(connector, server, store.toString(), "can not be opened");
            Files.delete(store);
            refuses(connector, server, store.toString(), "does not exist");
            answers(old);

            replace(store, certificates.trustStore("JKS"));
            FifoWire fresh = open(connector, server);
            answers(fresh);
            old.close().block(LIMIT);
            fresh.close().block(LIMIT);
        }
    }

    @Test
    void aFileThatOnlyLooksOlderOrIsOfTheSameMomentIsSeenToo(@TempDir Path folder) throws IOException {
        Path roots = folder.resolve("roots.pem");
        replace(roots, certificates.authorityPem());
        FileTime moment = Files.getLastModifiedTime(roots);
        TlsSettings tls = tls(b -> b.rootCertificates(roots));
        SSLContext first = tls.context();
        assertThat(tls.context()).isSameAs(first);

        Path same = folder.resolve("same.pem");
        Files.copy(roots, same);
        Files.setLastModifiedTime(same, moment);
        Files.move(same, roots, StandardCopyOption.ATOMIC_MOVE);
        SSLContext second = tls.context();
        assertThat(second).isNotSameAs(first);

        Files.setLastModifiedTime(roots, FileTime.fromMillis(0));
        assertThat(tls.context()).isNotSameAs(second);
    }
}
