package io.weir.sample.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.sample.tdengine.QuickStarts.Reading;
import io.weir.server.tdengine.TdengineStandIn;
import io.weir.tdengine.TdengineClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class QuickStartsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static TdengineStandIn server;
    private static TdengineClient client;

    @BeforeAll
    static void start() {
        server = TdengineStandIn.start();
        client = TdengineClient.create("tdengine://root:taosdata@127.0.0.1:" + server.port());
    }

    @AfterAll
    static void stop() {
        client.close().block(LONG);
        server.close();
    }

    @Test
    void whatIsIngestedIsReadAndComesToTheSubscriber() {
        Flux<Reading> readings =
                Flux.range(0, 2500).map(i -> new Reading("m" + i % 3, 1_700_000_000_000L + i, i == 1700 ? 21.5 : 19.5));

        StepVerifier.create(QuickStarts.define(client)).expectComplete().verify(LONG);
        StepVerifier.create(QuickStarts.ingest(client, readings))
                .expectNext(2500L)
                .expectComplete()
                .verify(LONG);
        StepVerifier.create(QuickStarts.query(client))
                .expectNext("m2 21.5")
                .expectComplete()
                .verify(LONG);
        StepVerifier.create(QuickStarts.subscribe(client).take(1))
                .expectNext("m2 21.5")
                .expectComplete()
                .verify(LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"define", "ingest", "batches", "query", "subscribe"})
    void thePageShowsTheLinesThatRun(String name) throws IOException {
        Path root = Path.of(System.getProperty("weir.root"));
        String source = Files.readString(
                root.resolve("samples/tdengine/src/main/java/io/weir/sample/tdengine/QuickStarts.java"));
        String page = Files.readString(root.resolve("docs/tdengine.md"));

        int at = source.indexOf(" " + name + "(Tdengine");
        int begin = source.lastIndexOf("\n    ", at) + 1;
        int end = source.indexOf("\n    }\n", at) + "\n    }".length();
        assertThat(at).isPositive();
        assertThat(page).contains("\n" + source.substring(begin, end).stripIndent() + "\n");
    }
}
