package io.weir.server.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrphanIT {

    @ParameterizedTest
    @ValueSource(strings = {"running", "paused"})
    @Timeout(300)
    void endsWithItsKilledParentAndTakesItsFolderAlong(String state) throws Exception {
        Process middle = startMiddle(state);
        try {
            String said = middle.inputReader().readLine();
            assertThat(said).matches("\\d+ .+");
            ProcessHandle server =
                    ProcessHandle.of(Long.parseLong(said.split(" ", 2)[0])).orElseThrow();
            assertThat(server.isAlive()).isTrue();

            middle.destroyForcibly();

            server.onExit().get(60, TimeUnit.SECONDS);
            assertThat(Path.of(said.split(" ", 2)[1])).doesNotExist();
        } finally {
            middle.destroyForcibly();
        }
    }

    private static Process startMiddle(String state) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String name : List.of("weir.root", "weir.iotdb.classpath")) {
            if (System.getProperty(name) != null) {
                command.add("-D" + name + "=" + System.getProperty(name));
            }
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(MiddleProcess.class.getName());
        command.add(state);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
