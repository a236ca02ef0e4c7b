package io.weir.server.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFolderTest {

    @TempDir
    Path path;

    @Test
    void tellsAConflictOfPortsFromOtherFailures() throws IOException {
        ServerFolder folder = ServerFolder.of(path);
        Files.writeString(folder.log(), "10:00 ERROR [main] DataNode: Fail\nStartup: disk full\n");
        assertThat(folder.portWasTaken()).isFalse();

        Files.writeString(
                folder.log(), "Could not create ServerSocket on address 0.0.0.0/0.0.0.0:6667.\n" + noise(500));
        assertThat(folder.portWasTaken()).isTrue();
    }

    @Test
    void leadsWithTheFirstErrorWhenNoiseFollowsIt() throws IOException {
        ServerFolder folder = ServerFolder.of(path);
        Files.writeString(
                folder.log(),
                "10:00 WARN  [main] x: harmless\n10:00 ERROR [main] DataNode: Fail\nStartup: disk full\n" + noise(500)
                        + "the very end\n");

        assertThat(folder.logSummary())
                .startsWith("The first error in its log:\n10:00 ERROR [main] DataNode: Fail\nStartup: disk full\n")
                .endsWith("the very end\n")
                .hasSizeLessThan(4000);
    }

    @Test
    void remembersThePortsOfTheServerThatLivedHere() {
        ServerFolder folder = ServerFolder.of(path);
        assertThat(folder.ports()).isNull();
        Ports ports = Ports.free(0);

        folder.configure(IotdbServerOptions.defaults(), ports);

        assertThat(ServerFolder.of(path).ports()).isEqualTo(ports);
    }

    private static String noise(int lines) {
        return "10:01 ERROR [main] Threads: interrupted\n".repeat(lines);
    }
}
