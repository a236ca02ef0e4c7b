package io.weir.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an artifact brings along at run time is a promise: it changes only together with its list. */
class DependencyListsTest {

    private static final Pattern RESOLVED =
            Pattern.compile("(?m)^ +([\\w.-]+:[\\w.-]+):jar:(?:[\\w.-]+:)?[\\w.-]+:\\w+( \\(optional\\))?");

    static Stream<Project.Module> published() {
        return Project.published();
    }

    @ParameterizedTest
    @MethodSource("published")
    void aRunTimeTreeIsWhatItsListSays(Project.Module module) {
        Path list = Project.root().resolve("docs/dependencies/" + module.artifact() + ".txt");
        Path resolved = module.folder().resolve("target/runtime-dependencies.txt");

        compare(module.artifact(), entries(Project.read(list)), dependencies(Project.read(resolved)));
    }

    @Test
    void theBomOffersExactlyWhatIsPublished() {
        assertThat(Project.artifactsOfTheBom())
                .containsExactlyInAnyOrderElementsOf(
                        published().map(Project.Module::artifact).toList());
    }

    @Test
    void aGrownTreeSaysWhatToDo() {
        String resolved = """
                The following files have been resolved:
                   io.toy:toy-core:jar:1.0:compile -- module io.toy
                   io.toy:toy-native:jar:linux-x86_64:1.0:runtime
                   io.toy:toy-extra:jar:1.0:compile (optional) -- module io.toy.extra [auto]
                """;

        assertThatThrownBy(() -> compare("toy", Set.of("io.toy:toy-core", "io.toy:gone"), dependencies(resolved)))
                .hasMessageContaining("new: [io.toy:toy-extra (optional), io.toy:toy-native]")
                .hasMessageContaining("gone: [io.toy:gone]")
                .hasMessageContaining("docs/dependencies/toy.txt");
    }

    private static void compare(String artifact, Set<String> promised, Set<String> found) {
        TreeSet<String> grown = new TreeSet<>(found);
        grown.removeAll(promised);
        TreeSet<String> gone = new TreeSet<>(promised);
        gone.removeAll(found);
        assertThat(grown.size() + gone.size())
                .as(
                        "The run-time dependencies of %s have changed. new: %s, gone: %s. Every user gets them: "
                                + "exclude what is not needed; if it is meant, change docs/dependencies/%s.txt "
                                + "in the same commit and say why",
                        artifact, grown, gone, artifact)
                .isZero();
    }

    /** Versions are left out: they change with the platform's, and are pinned in the parent POM. */
    private static Set<String> dependencies(String resolved) {
        return Project.find(RESOLVED, resolved)
                .map(found -> found.group(1) + (found.group(2) == null ? "" : found.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> entries(String list) {
        return list.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .collect(Collectors.toSet());
    }
}
