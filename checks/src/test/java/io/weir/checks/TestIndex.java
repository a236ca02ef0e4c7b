package io.weir.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Every test method of the project as {@code Class#method}, those that a class inherits included. */
record TestIndex(Set<String> names) {

    private static final Set<String> TEST_ANNOTATIONS = Set.of(
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.api.RepeatedTest",
            "org.junit.jupiter.api.TestFactory",
            "org.junit.jupiter.api.TestTemplate",
            "org.junit.jupiter.params.ParameterizedTest");

    static TestIndex ofTheProject() {
        List<Path> outputs = Project.modules().stream()
                .map(Project.Module::folder)
                .flatMap(folder -> Stream.of(folder.resolve("target/test-classes"), folder.resolve("target/classes")))
                .filter(Files::isDirectory)
                .toList();
        Set<String> names = new HashSet<>();
        for (JavaClass type : new ClassFileImporter().importPaths(outputs)) {
            for (JavaMethod method : type.getAllMethods()) {
                if (isTest(method)) {
                    names.add(shortName(type) + "#" + method.getName());
                }
            }
        }
        return new TestIndex(names);
    }

    private static boolean isTest(JavaMethod method) {
        return method.getAnnotations().stream()
                .anyMatch(annotation ->
                        TEST_ANNOTATIONS.contains(annotation.getRawType().getName()));
    }

    private static String shortName(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    /** What is wrong with a page of promises; empty if each is proven. */
    List<String> complaintsAbout(FeatureList features) {
        return features.bullets().stream()
                .flatMap(bullet -> bullet.tests().isEmpty()
                        ? Stream.of("line " + bullet.line() + " names no test: " + bullet.text())
                        : bullet.tests().stream()
                                .filter(test -> !names.contains(test))
                                .map(test -> "line " + bullet.line() + " names " + test + ", which does not exist"))
                .toList();
    }
}
