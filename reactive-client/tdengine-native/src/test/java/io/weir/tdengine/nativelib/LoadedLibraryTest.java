package io.weir.tdengine.nativelib;

import static io.weir.tdengine.nativelib.ToyClient.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.TdengineClient;
import io.weir.tdengine.TdengineOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever lacks the right library is told what to install. */
class LoadedLibraryTest {

    private static WeirException errorWith(TdengineClient.Builder builder) {
        TdengineClient client = builder.url("tdengine:native://h").build();
        try {
            WeirException error = errorOf(client.run("SELECT 1"));
            assertThat(error.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
            assertThat(error.sent()).isEqualTo(WeirException.Sent.NO);
            return error;
        } finally {
            client.close().block(ToyClient.LONG);
        }
    }

    private static WeirException errorWith(Path library) {
        return errorWith(TdengineClient.builder().option(TdengineOptions.NATIVE_LIBRARY, library));
    }

    @Test
    void aMissingLibrarySaysWhatToInstall() {
        Assumptions.assumeFalse(Files.exists(Path.of("/usr/lib/libtaos.so")), "This machine has a libtaos");
        assertThat(errorWith(TdengineClient.builder()))
                .hasMessageContaining("libtaos was not found")
                .hasMessageContaining("install the TDengine client 3.3.6.0 or newer")
                .hasMessageContaining("nativeLibrary");
    }

    @Test
    void aWrongPathIsNamed(@TempDir Path folder) {
        assertThat(errorWith(folder.resolve("libtaos.so")))
                .hasMessageContaining("There is no " + folder.resolve("libtaos.so"))
                .hasMessageContaining("install");
    }

    @Test
    void aFolderIsSearched(@TempDir Path folder) {
        assertThat(errorWith(folder)).hasMessageContaining("There is no " + folder);
    }

    @Test
    void whatIsNoLibraryOfThisMachineIsToldApart(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("libtaos.so"), "no library at all");
        assertThat(errorWith(file)).hasMessageContaining("can not be loaded on this machine");
    }

    @Test
    void aLibraryOfSomethingElseIsRecognized() {
        Path other = Toy.build("libother", "-Dtaos_connect=other_connect", "-Dtaos_get_client_info=other_info");
        assertThat(errorWith(other)).hasMessageContaining("is not TDengine's client library");
    }

    @Test
    void anOldLibraryIsRefusedByItsVersion() {
        Path old = Toy.build("libtaos-old", "-DTOY_VERSION=\"3.0.7.1\"");
        assertThat(errorWith(old)).hasMessageContaining("3.0.7.1").hasMessageContaining("too old");
    }

    @Test
    void aLibraryThatLacksFunctionsIsRefusedByTheirNames() {
        Path old = Toy.build("libtaos-lacking", "-DTOY_WITHOUT_STMT2");
        assertThat(errorWith(old))
                .hasMessageContaining("without [taos_stmt2_init]")
                .hasMessageContaining("too old");
    }

    @Test
    void aLoginThatTheLibraryDoesNotKnowIsRefused() {
        Path library = Toy.build("libtaos-tokenless", "-Dtaos_connect_token=other_connect_token");
        assertThat(errorWith(TdengineClient.builder()
                        .option(TdengineOptions.NATIVE_LIBRARY, library)
                        .option(TdengineOptions.BEARER_TOKEN, "hidden-token")))
                .hasMessageContaining("newer client library")
                .hasMessageContaining("taos_connect_token")
                .hasMessageNotContaining("hidden-token");
    }

    @Test
    void whatHoldsForTheProcessIsSetOnceAndTheSameForAll(@TempDir Path folder) {
        Path library = Toy.build("libtaos-options", "-DTOY_VERSION=\"3.3.6.1\"");
        TdengineClient first = TdengineClient.builder()
                .url("tdengine:native://h?locale=C.UTF-8&configFolder=" + folder + "&nativeLibrary=" + library)
                .build();
        assertThat(first.ping().block(ToyClient.LONG)).isTrue();
        Toy.Counters toy = Toy.counters(library);
        assertThat(toy.toy_option(Libtaos.CHARSET)).isEqualTo("UTF-8");
        assertThat(toy.toy_option(Libtaos.LOCALE)).isEqualTo("C.UTF-8");
        assertThat(toy.toy_option(Libtaos.CONFIG_FOLDER)).isEqualTo(folder.toString());
        assertThat(errorWith(TdengineClient.builder()
                        .option(TdengineOptions.NATIVE_LIBRARY, library)
                        .option(TdengineOptions.LOCALE, "de_DE.UTF-8")))
                .hasMessageContaining("'locale' is de_DE.UTF-8")
                .hasMessageContaining("C.UTF-8 since its first use");
        first.close().block(ToyClient.LONG);
    }

    @Test
    void anOptionThatTheLibraryDoesNotTakeIsNamed() {
        Path library = Toy.build("libtaos-locale", "-DTOY_VERSION=\"3.3.6.2\"");
        assertThat(errorWith(TdengineClient.builder()
                        .option(TdengineOptions.NATIVE_LIBRARY, library)
                        .option(TdengineOptions.LOCALE, "nowhere")))
                .hasMessageContaining("does not take nowhere for option 'locale'");
    }
}
