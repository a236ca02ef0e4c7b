package io.weir.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts say what is missing, and the report at the end tells nothing but what happened. */
@Timeout(60)
class ScriptsTest {

    private static final Path DEV = Project.root().resolve("dev");
    private static final Path REPORT = Project.root().resolve(".ci/report");

    @TempDir
    Path folder;

    /** How a script ended: its exit code, and all that it printed. */
    private record Outcome(int code, String text) {
        String lastLine() {
            return text.strip().lines().reduce("", (before, line) -> line);
        }
    }

    @Test
    void devExplainsItself() throws Exception {
        assertThat(run(Map.of(), DEV, "help").text())
                .contains("./dev run", "./dev test [--long]", "./dev wire [iotdb|tdengine] <hex>");

        Outcome unknown = run(Map.of(), DEV, "tset");
        assertThat(unknown.code()).isNotZero();
        assertThat(unknown.lastLine()).isEqualTo("Unknown command: tset");
    }

    @Test
    void devNamesThePlaceWhereNoJdkIs() throws Exception {
        Outcome outcome = run(Map.of("JAVA_HOME", "/nowhere"), DEV, "fmt");

        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.text())
                .contains("no bin/javac below JAVA_HOME=/nowhere")
                .contains("JDK 17");
    }

    @Test
    void devRefusesAJdkThatIsTooOld() throws Exception {
        program("bin/javac", "echo javac 11.0.2");

        Outcome outcome = run(Map.of("JAVA_HOME", folder.toString()), DEV, "fmt");

        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.lastLine())
                .isEqualTo("Java is too old: JAVA_HOME=" + folder + " is JDK 11. Set JAVA_HOME to a JDK 17 or newer.");
    }

    @Test
    void devRefusesAMavenThatIsTooOld() throws Exception {
        Path mvn = program("bin/mvn", "echo 'Apache Maven 3.6.3 (abc)'");
        program("bin/javac", "echo javac 17.0.2");

        Outcome outcome = run(
                Map.of("JAVA_HOME", folder.toString(), "PATH", mvn.getParent() + ":" + System.getenv("PATH")),
                DEV,
                "fmt");

        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.lastLine()).isEqualTo("Maven is too old: " + mvn + " is 3.6. Install Maven 3.8 or newer.");
    }

    @Test
    void theReportAddsUpWhatSurefireWrote() throws Exception {
        report("one", "tests=\"7\" errors=\"1\" skipped=\"2\" failures=\"1\"");
        report("two", "tests=\"5\" errors=\"0\" skipped=\"0\" failures=\"0\"");
        note("native-toy.txt", "run, built by cc\n");
        note("real-servers.txt", "IoTDB 1.0 for the tests of one\nIoTDB 1.0 for the tests of one\n");

        Outcome outcome = run(Map.of(), REPORT, "no", "42");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.lastLine()).isEqualTo("8 passed, 2 failed, 2 skipped");
        assertThat(outcome.text())
                .containsPattern("IoTDB 1.0 +real, started 2x for the tests of one")
                .containsPattern("libtaos .toy engine. +run, built by cc")
                .containsPattern("long runs.*NOT RUN")
                .contains("WEIR_SEED=42");
    }

    @Test
    void theReportFailsWhereNoTestRanAndSaysThatNoServerWasReal() throws Exception {
        Outcome outcome = run(Map.of(), REPORT, "no", "42");

        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.lastLine()).isEqualTo("0 passed, 0 failed, 0 skipped");
        assertThat(outcome.text())
                .containsPattern("IoTDB +NOT RUN")
                .containsPattern("libtaos .* NOT RUN")
                .contains("No test ran at all");
    }

    @Test
    void theReportNamesTheLongRunsThatRan() throws Exception {
        assertThat(run(Map.of(), REPORT, "yes", "42").text()).containsPattern("long runs.*NOT RUN, though asked for");

        note("long-runs.txt", "SoakTest#cancels\nSoakTest#cancels\n");
        assertThat(run(Map.of(), REPORT, "yes", "42").text()).containsPattern("long runs.*run: SoakTest#cancels");
    }

    @Test
    void theReportSaysOnWhichTdengineItWasAndWhatStayedOnTheStandIn() throws Exception {
        assertThat(run(Map.of(), REPORT, "no", "42").text()).containsPattern("TDengine +NOT RUN: stand-in for all");

        note("tested-tdengine.txt", "named by WEIR_TDENGINE_URL, at h:6041\nnamed by WEIR_TDENGINE_URL, at h:6041\n");
        Path reports = Files.createDirectories(folder.resolve("one/target/surefire-reports"));
        Files.writeString(reports.resolve("TEST-io.toy.FaultsStandInTest.xml"), "<testsuite name=\"toy\" tests=\"1\">");
        assertThat(run(Map.of(), REPORT, "no", "42").text())
                .containsPattern("TDengine +named by WEIR_TDENGINE_URL, at h:6041")
                .containsPattern("stand-in +always for 1 classes");
    }

    private void report(String module, String counts) throws IOException {
        Path reports = Files.createDirectories(folder.resolve(module + "/target/surefire-reports"));
        Files.writeString(
                reports.resolve("TEST-io.toy.ToyTest.xml"),
                "<?xml version=\"1.0\"?>\n<testsuite name=\"io.toy.ToyTest\" time=\"1\" " + counts
                        + ">\n  <properties/>\n</testsuite>\n");
    }

    private void note(String file, String lines) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("target")).resolve(file), lines);
    }

    private Path program(String name, String body) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome run(Map<String, String> environment, Path script, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(script.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        Process process =
                builder.directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
    }
}
