package io.weir.core;

import io.weir.core.InvalidOptionsException.Problem;
import io.weir.core.InvalidOptionsException.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the options of TLS go together. */
final class TlsOptions {

    private static final List<OptionKey<Path>> FILES = List.of(
            CommonOptions.SSL_ROOT_CERT,
            CommonOptions.SSL_CERT,
            CommonOptions.SSL_KEY,
            CommonOptions.TRUST_STORE,
            CommonOptions.KEY_STORE);

    private TlsOptions() {}

    /** What the values, each possible by itself, are not possible together for. */
    static void check(Map<String, Object> values, List<Problem> problems) {
        Object ssl = values.get(CommonOptions.SSL.name());
        Object mode = values.get(CommonOptions.SSL_MODE.name());
        if (ssl != null && mode != null && ssl.equals(mode == SslMode.DISABLE)) {
            conflict(
                    problems,
                    CommonOptions.SSL_MODE,
                    "Options 'ssl' and 'sslMode' contradict each other: give one of them (r2dbcs: and the like mean ssl=true)");
        }
        if (ssl == null && mode == null) {
            // Who names a certificate wants TLS; without this he would talk in clear and never know.
            FILES.stream()
                    .filter(key -> values.containsKey(key.name()))
                    .findFirst()
                    .ifPresent(key -> conflict(
                            problems,
                            key,
                            "Option '" + key.name()
                                    + "' is given, but nothing says whether to use TLS: say ssl=true or ssl=false"));
        }
        notBoth(CommonOptions.TRUST_STORE, CommonOptions.SSL_ROOT_CERT, "whom to trust", values, problems);
        notBoth(CommonOptions.KEY_STORE, CommonOptions.SSL_CERT, "who the client is", values, problems);
        together(CommonOptions.SSL_CERT, CommonOptions.SSL_KEY, values, problems);
        together(CommonOptions.SSL_KEY, CommonOptions.SSL_CERT, values, problems);
    }

    /** Reads the files; null without TLS. */
    static @Nullable TlsSettings settings(Options options) {
        SslMode mode = CommonOptions.sslMode(options);
        if (mode == SslMode.DISABLE) {
            return null;
        }
        TlsSettings.Builder tls = TlsSettings.builder().mode(mode);
        Path trustStore = options.find(CommonOptions.TRUST_STORE);
        Path rootCert = options.find(CommonOptions.SSL_ROOT_CERT);
        Path keyStore = options.find(CommonOptions.KEY_STORE);
        Path cert = options.find(CommonOptions.SSL_CERT);
        Path key = options.find(CommonOptions.SSL_KEY);
        if (trustStore != null) {
            tls.trustStore(trustStore, options.find(CommonOptions.TRUST_STORE_PASSWORD));
        }
        if (rootCert != null) {
            tls.rootCertificates(rootCert);
        }
        if (keyStore != null) {
            tls.keyStore(keyStore, options.find(CommonOptions.KEY_STORE_PASSWORD));
        }
        if (cert != null && key != null) {
            tls.certificate(cert, key, options.find(CommonOptions.SSL_KEY_PASSWORD));
        }
        return tls.build();
    }

    private static void notBoth(
            OptionKey<?> one, OptionKey<?> other, String say, Map<String, Object> values, List<Problem> problems) {
        if (values.containsKey(one.name()) && values.containsKey(other.name())) {
            conflict(
                    problems,
                    one,
                    "Options '" + one.name() + "' and '" + other.name() + "' both say " + say + ": give one of them");
        }
    }

    private static void together(
            OptionKey<?> given, OptionKey<?> needed, Map<String, Object> values, List<Problem> problems) {
        if (values.containsKey(given.name()) && !values.containsKey(needed.name())) {
            conflict(problems, given, "Option '" + given.name() + "' needs '" + needed.name() + "' too");
        }
    }

    private static void conflict(List<Problem> problems, OptionKey<?> key, String text) {
        problems.add(new Problem(Reason.CONFLICT, key.name(), text));
    }
}
