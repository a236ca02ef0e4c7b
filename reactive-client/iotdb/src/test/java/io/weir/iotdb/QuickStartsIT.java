package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.iotdb.type.Dialect;
import io.weir.server.iotdb.SharedIotdb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class QuickStartsIT {

    private static final IotdbClient CLIENT = RealSession.client(SharedIotdb.url(), Dialect.TREE);

    @AfterAll
    static void drop() {
        CLIENT.schema()
                .deleteDatabases(List.of("root.plant"))
                .then(CLIENT.close())
                .block();
    }

    @Test
    void whatIsIngestedIsRead() {
        StepVerifier.create(QuickStarts.ingest(CLIENT, Flux.range(0, 2500).map(i -> i / 2.0)))
                .expectNext(2500L)
                .verifyComplete();
        StepVerifier.create(QuickStarts.read(CLIENT, 0, 10_000).collectList())
                .assertNext(rows -> assertThat(rows).hasSize(100).startsWith("0: 0.0", "1: 0.5", "2: 1.0"))
                .verifyComplete();
    }

    @Test
    void tablesAreWrittenAndRead() {
        IotdbClient tables = RealSession.client(SharedIotdb.url() + "/quickstarts", Dialect.TABLE);
        StepVerifier.create(tables.execute("CREATE DATABASE quickstarts").thenMany(QuickStarts.tables(tables)))
                .expectNext("b")
                .verifyComplete();
        tables.execute("DROP DATABASE quickstarts").then(tables.close()).block();
    }

    @Test
    void aSessionIsLentForWhatBelongsTogether() {
        StepVerifier.create(QuickStarts.session(CLIENT)).expectNext(7L, 8L).verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "ingest", "tables", "session"})
    void thePageShowsTheLinesThatRun(String name) throws IOException {
        Path root = Path.of(System.getProperty("weir.root"));
        String source =
                Files.readString(root.resolve("reactive-client/iotdb/src/test/java/io/weir/iotdb/QuickStarts.java"));
        String page = Files.readString(root.resolve("docs/iotdb.md"));

        int at = source.indexOf(" " + name + "(");
        int begin = source.lastIndexOf("    static ", at);
        int end = source.indexOf("\n    }\n", at) + "\n    }".length();
        assertThat(begin).isPositive();
        assertThat(page)
                .contains("<!-- quick start: " + name + " -->\n```java\n"
                        + source.substring(begin, end).stripIndent() + "\n```");
    }
}
