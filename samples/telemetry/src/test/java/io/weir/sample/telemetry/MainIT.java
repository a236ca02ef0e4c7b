package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sample as a process of its own, as a user starts it. Its output is no terminal. */
class MainIT {

    private static final int SIGINT_EXIT = 128 + 2;
    private static final long PATIENCE_SECONDS = 90;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void tearDown() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void ctrlCEndsItWithASummaryAndLeavesNoProcessBehind() throws IOException, InterruptedException {
        Process sample = sample("--rows", "1000");
        BufferedReader lines = sample.inputReader(StandardCharsets.UTF_8);
        readUntil(lines, line -> line.contains("read back") && !line.contains("read back 0 "));
        List<ProcessHandle> server = sample.descendants().toList();

        new ProcessBuilder("kill", "-INT", Long.toString(sample.pid())).start().waitFor();
        List<String> rest = lines.lines().toList();

        assertThat(sample.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(sample.exitValue()).isEqualTo(SIGINT_EXIT);
        assertThat(rest).last().asString().startsWith("After 00:").contains("1,000 rows loaded");
        assertThat(rest).noneMatch(line -> line.contains("Exception") || line.contains("\u001b"));
        assertThat(server).isNotEmpty().allSatisfy(child -> child.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void itEndsByItselfWhenItsTimeIsUp() throws IOException, InterruptedException {
        Process sample = sample("--rows", "1000", "--seconds", "1");
        List<String> lines = sample.inputReader(StandardCharsets.UTF_8).lines().toList();

        assertThat(sample.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(lines).last().asString().startsWith("After 00:");
        assertThat(sample.exitValue()).isZero();
    }

    @Test
    void aTakenPortIsOneClearSentence() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process sample = sample("--port", Integer.toString(taken.getLocalPort()));
            List<String> lines =
                    sample.inputReader(StandardCharsets.UTF_8).lines().toList();

            assertThat(sample.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(lines).last().asString().startsWith("Port " + taken.getLocalPort() + " is taken");
            assertThat(sample.exitValue()).isEqualTo(1);
        }
    }

    private Process sample(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-Dweir.root=" + System.getProperty("weir.root"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        return process;
    }

    private static void readUntil(BufferedReader lines, Predicate<String> wanted) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (wanted.test(line)) {
                return;
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("The sample ended too early:\n" + seen);
    }
}
