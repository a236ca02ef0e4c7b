package io.weir.sample.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.server.tdengine.TdengineStandIn;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectingTest {

    private static TdengineStandIn server;

    @BeforeAll
    static void start() {
        server = TdengineStandIn.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String greet(String url) {
        return Connecting.greet(url).blockOptional(Duration.ofSeconds(30)).orElseThrow();
    }

    private static String at(String url) {
        return url.replaceFirst("127\\.0\\.0\\.1:\\d+", "127.0.0.1:" + server.port());
    }

    @Test
    void overTheWebSocketAndOverRestTheServerTellsItsVersion() {
        assertThat(greet(at(Connecting.webSocket("127.0.0.1")))).startsWith("TDengine 3.");
        assertThat(greet(at(Connecting.rest("127.0.0.1")))).startsWith("TDengine 3.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tdengine", "tdengine:rest"})
    void aWrongPasswordIsTold(String scheme) {
        assertThat(greet(at(scheme + "://root:wrong@127.0.0.1:1")))
                .startsWith("It does not know this user")
                .doesNotContain("wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tdengine", "tdengine:rest"})
    void whereNobodyListensThePlaceIsTold(String scheme) {
        assertThat(greet(scheme + "://root:taosdata@127.0.0.1:1"))
                .startsWith("Nobody there")
                .contains("127.0.0.1:1");
    }

    @Test
    void withoutTheVendorsLibraryItIsSaidWhatIsMissing() {
        assertThat(greet(Connecting.nativeLibrary("127.0.0.1"))).containsIgnoringCase("native");
    }

    @Test
    void aMistakeInTheUrlIsTold() {
        assertThat(greet("tdengine://127.0.0.1?databse=x")).contains("databse").contains("database");
    }
}
