package io.weir.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tree that the build runs in. */
final class Project {

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");
    private static final Set<String> NOT_OURS = Set.of(".git", "target", ".idea", ".vscode", ".settings");

    private Project() {}

    /** One module of the build: its folder, and the artifact that it makes. */
    record Module(Path folder, String artifact, String pom) {

        boolean isPublished() {
            return !pom.contains("<packaging>pom</packaging>")
                    && !pom.contains("<maven.deploy.skip>true</maven.deploy.skip>");
        }

        boolean hasTests() {
            return Files.isDirectory(folder.resolve("src/test/java"));
        }

        @Override
        public String toString() {
            return artifact;
        }
    }

    static Path root() {
        String told = System.getProperty("weir.root");
        if (told != null) {
            return Path.of(told);
        }
        // Started by hand in a module, without the build.
        return Path.of("").toAbsolutePath().getParent();
    }

    static List<Module> modules() {
        return MODULE.matcher(read(root().resolve("pom.xml")))
                .results()
                .map(found -> module(root().resolve(found.group(1))))
                .toList();
    }

    static Stream<Module> published() {
        return modules().stream().filter(Module::isPublished);
    }

    private static Module module(Path folder) {
        String pom = read(folder.resolve("pom.xml"));
        Matcher artifact = ARTIFACT.matcher(pom.replaceFirst("(?s)<parent>.*?</parent>", ""));
        if (!artifact.find()) {
            throw new IllegalStateException("No artifactId in the POM of " + folder);
        }
        return new Module(folder, artifact.group(1), pom);
    }

    /** What the BOM offers to users. */
    static List<String> artifactsOfTheBom() {
        String managed = read(root().resolve("bom/pom.xml")).replaceFirst("(?s).*<dependencyManagement>", "");
        return ARTIFACT.matcher(managed).results().map(found -> found.group(1)).toList();
    }

    /** Every file of the tree but what the build makes. */
    static List<Path> files() {
        return filesBelow(root(), "");
    }

    static List<Path> filesBelow(Path folder, String suffix) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted()
                    .filter(entry -> !NOT_OURS.contains(entry.getFileName().toString()))
                    .flatMap(entry -> Files.isDirectory(entry)
                            ? filesBelow(entry, suffix).stream()
                            : Stream.of(entry).filter(file -> file.toString().endsWith(suffix)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Can not read " + file, e);
        }
    }

    static Stream<MatchResult> find(Pattern pattern, CharSequence text) {
        return pattern.matcher(text).results();
    }
}
