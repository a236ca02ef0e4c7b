package io.weir.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten million rows through a JVM that could not hold a tenth of them. */
class SmallJvmStandInTest {

    private static final long ROWS = 10_000_000;

    @Test
    @Timeout(120)
    void tenMillionRowsPassThroughASmallJvm() throws IOException, InterruptedException {
        try (StandIn at = StandIn.start()) {
            Process reader = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:MaxDirectMemorySize=32m",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            SmallJvm.class.getName(),
                            "tdengine://root:taosdata@127.0.0.1:" + at.server.port(),
                            "SELECT * FROM weir_gen.rows_" + ROWS))
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // Column i has 7 times the number of the row.
            assertThat(printed).contains("rows=" + ROWS + " sum=" + 7 * (ROWS * (ROWS - 1) / 2));
            assertThat(reader.waitFor()).as(printed).isZero();
            assertThat(at.server.counters().overlappingFetches()).isZero();
        }
    }
}
