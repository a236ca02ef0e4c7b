package io.weir.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The guards of the testkit (blocking calls, buffers, threads) stand in every test JVM. They register themselves where
 * the testkit is on the class path, and BlockHound's fails a class that runs without it; so what has to be shown here is
 * that no module goes without the testkit, and that none switches them off.
 */
class GuardsTest {

    // Launcher and stand-in need the JDK alone and have no event loop that could be blocked; the testkit is there by
    // itself.
    private static final Set<String> WITHOUT_TESTKIT =
            Set.of("weir-server-iotdb", "weir-server-tdengine", "weir-testkit");

    private static final Set<String> SWITCHES =
            Set.of("<argLine>", "<configurationParameters>", "extensions.autodetection", "<skipTests>");

    @Test
    void standInEveryModuleThatHasTests() {
        assertThat(Project.modules()).anyMatch(Project.Module::hasTests);
        assertThat(Project.modules()).filteredOn(GuardsTest::isUnguarded).isEmpty();
        assertThat(Project.read(Project.root().resolve("pom.xml")))
                .contains("junit.jupiter.extensions.autodetection.enabled = true")
                .contains("-XX:+AllowRedefinitionToAddDeleteMethods");
    }

    @Test
    void areMissedWhereTheyAreMissing() {
        String testkit = "<dependency><artifactId>weir-testkit</artifactId></dependency>";

        assertThat(List.of(
                        planted("good", testkit),
                        planted("bare", ""),
                        planted("own-line", testkit + "<argLine>-Xmx2g</argLine>"),
                        planted("weir-server-iotdb", "")))
                .filteredOn(GuardsTest::isUnguarded)
                .extracting(Project.Module::artifact)
                .containsExactly("bare", "own-line");
    }

    private static boolean isUnguarded(Project.Module module) {
        boolean stands = WITHOUT_TESTKIT.contains(module.artifact())
                || module.pom().contains("<artifactId>weir-testkit</artifactId>");
        return module.hasTests() && (!stands || SWITCHES.stream().anyMatch(module.pom()::contains));
    }

    /** A module that has tests, because this one has. */
    private static Project.Module planted(String artifact, String pom) {
        Path folder = Project.root().resolve("checks");
        return new Project.Module(folder, artifact, pom);
    }
}
