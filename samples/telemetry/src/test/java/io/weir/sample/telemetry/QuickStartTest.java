package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class QuickStartTest {

    private static final Path ROOT = Path.of(System.getProperty("weir.root"));

    @Test
    void theReadmeShowsTheLinesThatRun() throws IOException {
        String source = Files.readString(
                ROOT.resolve("samples/telemetry/src/main/java/io/weir/sample/telemetry/QuickStart.java"));
        String use = between(source, "DEFAULT_URL;\n", "\n    }").stripIndent();
        String method = between(source, "    private static Flux<String>", "\n}");
        String readme = Files.readString(ROOT.resolve("README.md"));

        assertThat(between(readme, "<!-- quick start -->\n```java\n", "```"))
                .isEqualTo(use + "\n\n" + ("    private static Flux<String>" + method).stripIndent() + "\n");
    }

    private static String between(String text, String begin, String end) {
        assertThat(text).contains(begin);
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
