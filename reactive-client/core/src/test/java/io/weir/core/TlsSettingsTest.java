package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.testkit.Certificates;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TlsSettingsTest {

    private final Certificates certificates = Certificates.get();

    private static void refused(ThrowingCallable build, String... words) {
        assertThatThrownBy(build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain(Certificates.PASSWORD)
                .doesNotContain("a-wrong-one");
    }

    @Test
    void unlessSaidEverythingIsVerified() {
        TlsSettings tls = TlsSettings.builder().build();
        assertThat(tls.mode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(tls).hasToString("sslMode=verify-full");
    }

    @Test
    void theFilesAreShownAndThePasswordsAreNot() {
        TlsSettings tls = TlsSettings.builder()
                .mode(SslMode.VERIFY_CA)
                .trustStore(certificates.trustStore("JKS"), Certificates.PASSWORD)
                .certificate(
                        certificates.chainPem("client"), certificates.encryptedKeyPem("client"), Certificates.PASSWORD)
                .build();
        assertThat(tls.toString())
                .contains("sslMode=verify-ca", "trust.JKS", "client.pem", "client.encrypted.pem")
                .doesNotContain(Certificates.PASSWORD);
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = Path.of("no", "such.p12");
        refused(() -> TlsSettings.builder().trustStore(missing, "x").build(), "trust store", missing.toString());
        refused(() -> TlsSettings.builder().keyStore(missing, "x").build(), "key store", missing.toString());
        refused(() -> TlsSettings.builder().rootCertificates(missing).build(), missing.toString());
    }

    @Test
    void aWrongPasswordIsNamedAsSuch() {
        refused(
                () -> TlsSettings.builder()
                        .trustStore(certificates.trustStore("PKCS12"), "a-wrong-one")
                        .build(),
                "trust.PKCS12",
                "wrong password");
        refused(
                () -> TlsSettings.builder()
                        .certificate(
                                certificates.chainPem("client"), certificates.encryptedKeyPem("client"), "a-wrong-one")
                        .build(),
                "client.encrypted.pem",
                "wrong password");
        refused(
                () -> TlsSettings.builder()
                        .certificate(certificates.chainPem("client"), certificates.encryptedKeyPem("client"), null)
                        .build(),
                "client.encrypted.pem",
                "needs its password");
    }

    @Test
    void aFileOfAnotherKindSaysWhatIsExpected() {
        Path pem = certificates.authorityPem();
        refused(() -> TlsSettings.builder().trustStore(pem, null).build(), "neither PKCS 12 nor JKS", "PEM");
        refused(
                () -> TlsSettings.builder()
                        .rootCertificates(certificates.file("empty.pem", ""))
                        .build(),
                "holds no certificate");
        refused(
                () -> TlsSettings.builder()
                        .rootCertificates(certificates.file("nonsense.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n"))
                        .build(),
                "no certificate");
        refused(() -> TlsSettings.builder().certificate(pem, pem, null).build(), "holds no private key");
        refused(
                () -> TlsSettings.builder()
                        .certificate(
                                pem,
                                certificates.file(
                                        "old.pem",
                                        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n"),
                                null)
                        .build(),
                "old format 'RSA'",
                "openssl pkcs8");
        refused(
                () -> TlsSettings.builder()
                        .certificate(
                                pem,
                                certificates.file(
                                        "short.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
                                null)
                        .build(),
                "short.pem");
    }

    @Test
    void twoAnswersToOneQuestionAreRefused() {
        refused(
                () -> TlsSettings.builder()
                        .trustStore(certificates.trustStore("JKS"), Certificates.PASSWORD)
                        .rootCertificates(certificates.authorityPem())
                        .build(),
                "whom to trust");
        refused(
                () -> TlsSettings.builder()
                        .keyStore(certificates.keyStore("client", "PKCS12"), Certificates.PASSWORD)
                        .certificate(certificates.chainPem("client"), certificates.keyPem("client"), null)
                        .build(),
                "who we are");
        refused(() -> TlsSettings.builder().mode(SslMode.DISABLE).build(), "'disable'");
    }
}
