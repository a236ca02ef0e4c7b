package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsOptionsTest {

    private static final OptionSet SET =
            OptionSet.builder("marsh", "docs/marsh.md").add(CommonOptions.TLS).build();

    private static Options options(String given) {
        Options.Builder builder = SET.options();
        for (String each : given.split(" ", -1)) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                builder.set(each.substring(0, equals), each.substring(equals + 1));
            }
        }
        return builder.build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            nullValues = "-",
            value = {
                "'' -> -",
                "ssl=false -> -",
                "sslMode=disable -> -",
                "ssl=false trustStore=t.p12 -> -",
                "ssl=true -> VERIFY_FULL",
                "sslMode=require -> REQUIRE",
                "ssl=true sslMode=verify-ca -> VERIFY_CA"
            })
    void tlsIsOnAsSslAndSslModeSay(String given, SslMode mode) {
        TlsSettings tls = CommonOptions.tls(options(given));

        assertThat(tls == null ? null : tls.mode()).isEqualTo(mode);
    }

    /** Each file is missing on purpose: that it is named proves that the option has reached its place. */
    @ParameterizedTest
    @CsvSource({
        "trustStore=DIR/t.p12 trustStorePassword=sesame, DIR/t.p12",
        "sslRootCert=DIR/ca.pem, DIR/ca.pem",
        "keyStore=DIR/k.p12 keyStorePassword=sesame, DIR/k.p12",
        "sslCert=DIR/c.pem sslKey=DIR/c.key sslKeyPassword=sesame, DIR/c.pem"
    })
    void everyFileIsUsedAndNamedIfItIsMissing(String given, String named, @TempDir Path dir) {
        Options options = options(given.replace("DIR", dir.toString()) + " ssl=true");

        assertThatThrownBy(() -> CommonOptions.tls(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named.replace("DIR", dir.toString()))
                .hasMessageNotContaining("sesame");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '"',
            value = {
                "ssl=true sslMode=disable -> 'ssl' and 'sslMode' contradict each other",
                "ssl=false sslMode=require -> 'ssl' and 'sslMode' contradict each other",
                "trustStore=t.p12 -> 'trustStore' is given, but nothing says whether to use TLS",
                "sslRootCert=ca.pem -> 'sslRootCert' is given, but nothing says whether to use TLS",
                "ssl=true trustStore=t.p12 sslRootCert=ca.pem -> 'trustStore' and 'sslRootCert' both say whom to trust",
                "ssl=true keyStore=k.p12 sslCert=c.pem sslKey=c.key -> 'keyStore' and 'sslCert' both say who the client is",
                "ssl=true sslCert=c.pem -> 'sslCert' needs 'sslKey' too",
                "ssl=true sslKey=c.key -> 'sslKey' needs 'sslCert' too"
            })
    void refusesWhatDoesNotGoTogether(String given, String text) {
        assertThatThrownBy(() -> options(given))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining(text);
    }

    @Test
    void aWrongPasswordOfAStoreIsNotRepeated(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("t.p12"), "no key store");
        Options options = options("ssl=true trustStore=" + file + " trustStorePassword=sesame");

        Throwable error = catchThrowable(() -> CommonOptions.tls(options));
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));

        assertThat(error).hasMessageContaining(file.toString());
        assertThat(trace.toString()).doesNotContain("sesame");
    }
}
