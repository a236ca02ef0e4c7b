package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.benchmarks.worker.Checksum;
import io.weir.benchmarks.worker.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerProcessTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Transcript transcript = new Transcript(new PrintStream(said, true, StandardCharsets.UTF_8));
    private final WorkerProcess worker = WorkerProcess.start(
            "toy",
            List.of("-Xmx64m"),
            System.getProperty("java.class.path"),
            ToyWorker.class.getName(),
            List.of(),
            transcript);

    @TempDir
    private Path folder;

    @AfterEach
    void tearDown() {
        worker.close();
    }

    @Test
    void aSampleComesBackFromTheOtherProcessAndStandsInTheTranscriptAlone() throws IOException {
        Sample sample = worker.sample("three");
        transcript.say("done");
        Path file = Path.of("below", "raw.txt");
        transcript.save(folder, file);

        Checksum same = new Checksum();
        for (int i = 0; i < 3; i++) {
            same.add(i);
            same.endRow();
        }
        assertThat(sample.rows()).isEqualTo(3);
        assertThat(sample.checksum()).isEqualTo(same.value());
        assertThat(sample.nanos()).isPositive();
        assertThat(Files.readAllLines(folder.resolve(file))).containsExactly("toy three " + sample.line(), "done");
        assertThat(said.toString(StandardCharsets.UTF_8))
                .doesNotContain("SAMPLE")
                .contains("done");
    }

    @Test
    void aNumberBehindTheNameIsTheSizeAndTheTimesOfTheCallsComeBack() {
        worker.sample("many 50");
        Sample sample = worker.sample("many 200");

        assertThat(sample.rows()).isEqualTo(200);
        assertThat(sample.p50Nanos()).isEqualTo(100_000);
        assertThat(sample.p99Nanos()).isEqualTo(198_000);
        assertThat(sample.besideRows()).isEqualTo(7);
    }

    @Test
    void aWorkThatFailsSaysWhy() {
        assertThatThrownBy(() -> worker.sample("fails")).hasMessageContaining("the server is on fire");
    }

    @Test
    void aWorkThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> worker.sample("four"))
                .hasMessageContaining("no work 'four'")
                .hasMessageContaining("three");
    }

    @Test
    void aSampleThatStalledIsTakenOnceMoreAndNothingOfItCounts() {
        assertThat(worker.sample("stalls 2").rows()).isEqualTo(1);
    }

    @Test
    void aWorkThatStallsAgainAndAgainFails() {
        assertThatThrownBy(() -> worker.sample("stalls 5")).hasMessageContaining("stuck");
    }

    @Test
    void aWorkerThatDiesIsNotWaitedFor() {
        assertThatThrownBy(() -> worker.sample("dies")).hasMessageContaining("The worker toy ended");
    }
}
