package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainLineTest {

    @Test
    void whileLoadingItSaysHowFar() {
        assertThat(PlainLine.of(Snapshots.loading()))
                .isEqualTo("00:00:03  loading 25 %, 50,000 of 200,000 rows, 25,000/s");
    }

    @Test
    void afterwardsItSaysWhatFlows() {
        assertThat(PlainLine.of(Snapshots.live(2)))
                .isEqualTo("01:02:05  written 86,400 (600/s), read back 86,280 (600/s), replayed 1,234,567 (49,876/s),"
                        + " query p50 1.2 ms p99 4.8 ms, heap 42 MiB, direct 4 MiB, hottest press-b 71.04 °C");
    }

    @Test
    void thePlainDisplayPrintsOneLineAndNoEscape() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Display display = new PlainDisplay(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        display.open();
        display.show(Snapshots.loading());
        display.close();

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo(PlainLine.of(Snapshots.loading()) + System.lineSeparator());
    }

    @Test
    void aClosedOutputEndsTheSample() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Display display = new PlainDisplay(new PrintStream(closed, true, StandardCharsets.UTF_8));

        assertThatIllegalStateException()
                .isThrownBy(() -> display.show(Snapshots.loading()))
                .withMessage("The output is closed.");
    }
}
