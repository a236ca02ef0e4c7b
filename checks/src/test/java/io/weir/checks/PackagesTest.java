package io.weir.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One package, one jar, tests included: else a module path refuses the jars. */
class PackagesTest {

    @Test
    void noPackageIsSplitOverTwoModules() {
        List<Path> folders =
                Project.modules().stream().map(Project.Module::folder).toList();

        assertThat(split(folders)).isEmpty();
        assertThat(packages(folders)).containsKeys("io/weir/core", "io/weir/r2dbc", "io/weir/checks");
    }

    @Test
    void findsAPackageThatIsInTwoModules(@TempDir Path tree) throws Exception {
        Path one = Files.createDirectories(tree.resolve("one/target/classes/io/toy"));
        Path two = Files.createDirectories(tree.resolve("two/target/test-classes/io/toy"));
        Files.createFile(one.resolve("A.class"));
        Files.createFile(two.resolve("B.class"));

        assertThat(split(List.of(tree.resolve("one"), tree.resolve("two"))))
                .containsExactly("io/toy is in one and two");
    }

    private static List<String> split(List<Path> modules) {
        List<String> split = new ArrayList<>();
        packages(modules).forEach((name, owners) -> {
            if (owners.size() > 1) {
                split.add(name + " is in " + String.join(" and ", owners));
            }
        });
        return split;
    }

    private static Map<String, Set<String>> packages(List<Path> modules) {
        Map<String, Set<String>> owners = new TreeMap<>();
        for (Path module : modules) {
            for (String output : List.of("target/classes", "target/test-classes")) {
                Path classes = module.resolve(output);
                if (Files.isDirectory(classes)) {
                    for (Path file : Project.filesBelow(classes, ".class")) {
                        String name = classes.relativize(file.getParent()).toString();
                        owners.computeIfAbsent(name, unseen -> new TreeSet<>())
                                .add(module.getFileName().toString());
                    }
                }
            }
        }
        return owners;
    }
}
