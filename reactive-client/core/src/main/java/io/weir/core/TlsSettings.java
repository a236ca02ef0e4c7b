package io.weir.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What TLS needs: keys and trust, as the files have them. {@link Builder#build()} reads the files; each new connection looks
 * whether they have changed since, and has them read again then. Connections that are open stay as they are.
 */
public final class TlsSettings {

    private final SslMode mode;
    private final TlsFiles<TrustManager> trust;
    private final TlsFiles<KeyManager> keys;
    private final String summary;
    private volatile Current current;

    /** What a context was made of. */
    private record Current(
            TlsFiles.Content<TrustManager> trust, TlsFiles.Content<KeyManager> keys, SSLContext context) {

        static Current of(TlsFiles.Content<TrustManager> trust, TlsFiles.Content<KeyManager> keys)
                throws GeneralSecurityException {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.managers, trust.managers, null);
            return new Current(trust, keys, context);
        }
    }

    private TlsSettings(SslMode mode, TlsFiles<TrustManager> trust, TlsFiles<KeyManager> keys, String summary)
            throws GeneralSecurityException {
        this.mode = mode;
        this.trust = trust;
        this.keys = keys;
        this.summary = summary;
        this.current = Current.of(trust.read(), keys.read());
    }

    /** As strict as can be ({@link SslMode#VERIFY_FULL}), trusting whom the JDK trusts. */
    public static Builder builder() {
        return new Builder();
    }

    /** How much to insist on; never {@link SslMode#DISABLE}. */
    public SslMode mode() {
        return mode;
    }

    /**
     * The keys and the trust, for a new connection; another object once a file has changed. Looks at the files' times and
     * sizes each time, and reads what has changed on the caller's thread.
     *
     * @throws IllegalArgumentException if what is there now can not be used: nobody goes on with what was there before, and
     *     the next connection looks again
     */
    public SSLContext context() {
        Current now = current;
        try {
            if (!trust.isAsIn(now.trust()) || !keys.isAsIn(now.keys())) {
                now = Current.of(trust.refreshed(now.trust()), keys.refreshed(now.keys()));
                current = now;
            }
            return now.context();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS can not be set up (" + summary + "): " + e.getMessage(), e);
        }
    }

    /** The mode and the files; never a password. */
    @Override
    public String toString() {
        return summary;
    }

    /** Collects what TLS needs. */
    public static final class Builder {
        private SslMode mode = SslMode.VERIFY_FULL;
        private @Nullable Path trustStore;
        private @Nullable String trustStorePassword;
        private @Nullable Path rootCertificates;
        private @Nullable Path keyStore;
        private @Nullable String keyStorePassword;
        private @Nullable Path certificate;
        private @Nullable Path key;
        private @Nullable String keyPassword;

        private Builder() {}

        /** How much to insist on; {@link SslMode#VERIFY_FULL} unless said. */
        public Builder mode(SslMode value) {
            mode = value;
            return this;
        }

        /** Whom to trust: a key store file, PKCS 12 or JKS (told by its content). */
        public Builder trustStore(Path file, @Nullable String password) {
            trustStore = file;
            trustStorePassword = password;
            return this;
        }

        /** Whom to trust: a PEM file with the certificates of authorities. */
        public Builder rootCertificates(Path pem) {
            rootCertificates = pem;
            return this;
        }

        /** Who we are, for a server that wants to know: a key store file; its password opens the key in it as well. */
        public Builder keyStore(Path file, @Nullable String password) {
            keyStore = file;
            keyStorePassword = password;
            return this;
        }

        /** Who we are: PEM files with our certificate chain and its private key (PKCS 8), the latter encrypted or not. */
        public Builder certificate(Path chain, Path privateKey, @Nullable String password) {
            certificate = chain;
            key = privateKey;
            keyPassword = password;
            return this;
        }

        /**
         * Reads the files. Blocks; not for an event loop.
         *
         * @throws IllegalArgumentException naming the file that is missing or not what it should be, and what it should be
         */
        public TlsSettings build() {
            if (mode == SslMode.DISABLE) {
                throw new IllegalArgumentException(
                        "sslMode 'disable' has no TLS to set up: leave the TLS settings out");
            }
            if (trustStore != null && rootCertificates != null) {
                throw new IllegalArgumentException("Either a trust store or a PEM file says whom to trust, not both");
            }
            if (keyStore != null && certificate != null) {
                throw new IllegalArgumentException("Either a key store or PEM files say who we are, not both");
            }
            try {
                return new TlsSettings(
                        mode,
                        new TlsFiles<>(files(trustStore, rootCertificates), copy()::trust),
                        new TlsFiles<>(files(keyStore, certificate, key), copy()::keys),
                        describe());
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("TLS can not be set up (" + describe() + "): " + e.getMessage(), e);
            }
        }

        /** What is set later must not change what is read again. */
        private Builder copy() {
            Builder copy = new Builder();
            copy.mode = mode;
            copy.trustStore = trustStore;
            copy.trustStorePassword = trustStorePassword;
            copy.rootCertificates = rootCertificates;
            copy.keyStore = keyStore;
            copy.keyStorePassword = keyStorePassword;
            copy.certificate = certificate;
            copy.key = key;
            copy.keyPassword = keyPassword;
            return copy;
        }

        private static List<Path> files(@Nullable Path... named) {
            return Stream.of(named)
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .toList();
        }

        private TrustManager @Nullable [] trust() throws GeneralSecurityException {
            if (mode == SslMode.REQUIRE) {
                return new TrustManager[] {new TrustAnyone()};
            }
            KeyStore store = null;
            if (trustStore != null) {
                store = load(trustStore, trustStorePassword, "trust store");
                if (store.size() == 0) {
                    throw new IllegalArgumentException("The trust store " + trustStore + " is empty: it trusts nobody");
                }
            } else if (rootCertificates != null) {
                store = emptyStore();
                int n = 0;
                for (X509Certificate c : PemFiles.certificates(rootCertificates)) {
                    store.setCertificateEntry("root-" + n++, c);
                }
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        }

        private KeyManager @Nullable [] keys() throws GeneralSecurityException {
            KeyStore store;
            char[] password;
            if (keyStore != null) {
                store = load(keyStore, keyStorePassword, "key store");
                password = chars(keyStorePassword);
            } else if (certificate != null && key != null) {
                List<X509Certificate> chain = PemFiles.certificates(certificate);
                PrivateKey privateKey = PemFiles.privateKey(key, keyPassword);
                if (!KeyPairs.belongTogether(privateKey, chain.get(0).getPublicKey())) {
                    throw new IllegalArgumentException("The private key in " + key
                            + " is not the one of the certificate in " + certificate
                            + ": of a new pair only one file may be in its place yet");
                }
                store = emptyStore();
                password = new char[0];
                store.setKeyEntry("client", privateKey, password, chain.toArray(X509Certificate[]::new));
            } else {
                return null;
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return factory.getKeyManagers();
        }

        private static KeyStore load(Path path, @Nullable String password, String what)
                throws GeneralSecurityException {
            if (!Files.isRegularFile(path)) {
                throw new IllegalArgumentException("The " + what + " " + path + " does not exist or is no file");
            }
            try {
                // Takes PKCS 12 and JKS, whatever the name says.
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(new ByteArrayInputStream(Files.readAllBytes(path)), chars(password));
                return store;
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "The " + what + " " + path + " can not be opened: wrong password, or neither PKCS 12 nor JKS"
                                + " (PEM files have settings of their own): " + e.getMessage(),
                        e);
            }
        }

        private static KeyStore emptyStore() throws GeneralSecurityException {
            try {
                KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
                store.load(null, null);
                return store;
            } catch (IOException e) {
                throw new GeneralSecurityException(e);
            }
        }

        private static char[] chars(@Nullable String password) {
            return password == null ? new char[0] : password.toCharArray();
        }

        private String describe() {
            StringBuilder text = new StringBuilder("sslMode=")
                    .append(mode.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            add(text, "trustStore", trustStore);
            add(text, "sslRootCert", rootCertificates);
            add(text, "keyStore", keyStore);
            add(text, "sslCert", certificate);
            add(text, "sslKey", key);
            return text.toString();
        }

        private static void add(StringBuilder text, String name, @Nullable Path file) {
            if (file != null) {
                text.append(", ").append(name).append('=').append(file);
            }
        }
    }
}
