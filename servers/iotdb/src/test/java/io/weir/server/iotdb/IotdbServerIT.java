package io.weir.server.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class IotdbServerIT {

    @Test
    void answersAndLeavesNothingBehind() throws Exception {
        Path folder;
        ProcessHandle process;
        try (IotdbServer server = IotdbServer.start()) {
            Ping.binary(server.host(), server.port());
            process = server.process();
            folder = server.log().getParent();
            assertThat(folder).isDirectory();
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(folder).doesNotExist();
    }
}
