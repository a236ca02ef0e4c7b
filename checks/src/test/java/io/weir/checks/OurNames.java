package io.weir.checks;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What users of a client can call or set, as {@code Class.name}.
 *
 * @param exist everything public
 * @param proven what the tests that count call; options need no call
 */
record OurNames(Set<String> exist, Set<String> proven) {

    /** Those of the public rooms of a system and of core; tests on real servers count, whose names end in {@code IT}. */
    static OurNames ofSystem(String system) {
        return ofSystem(system, "IT");
    }

    /**
     * Those of the public rooms of a system and of core.
     *
     * @param endings of the names of the test classes that count
     */
    static OurNames ofSystem(String system, String... endings) {
        Set<String> rooms = Set.of("io.weir." + system, "io.weir." + system + ".type", "io.weir.core");
        Set<String> exist = new HashSet<>();
        Set<String> proven = new HashSet<>();
        JavaClasses ours = CompiledClasses.ofTheProject();
        for (JavaClass type : ours) {
            if (!rooms.contains(type.getPackageName())) {
                continue;
            }
            type.getAllMethods().stream()
                    .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                    .forEach(method -> exist.add(name(type, method)));
            for (JavaField field : type.getFields()) {
                if (field.getModifiers().contains(JavaModifier.PUBLIC)) {
                    exist.add(type.getSimpleName() + "." + field.getName());
                    proven.add(type.getSimpleName() + "." + field.getName());
                }
            }
        }
        calls(List.of(endings))
                .forEach(target -> proven.add(target.getOwner().getSimpleName() + "." + target.getName()));
        return new OurNames(exist, proven);
    }

    private static String name(JavaClass type, JavaMethod method) {
        return type.getSimpleName() + "." + method.getName();
    }

    /** What those tests call or refer to. */
    private static Stream<AccessTarget> calls(List<String> endings) {
        List<Path> tests = Project.modules().stream()
                .map(module -> module.folder().resolve("target/test-classes"))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter()
                .importPaths(tests).stream()
                        .filter(type ->
                                endings.stream().anyMatch(outermost(type).getSimpleName()::endsWith))
                        .flatMap(type -> Stream.concat(
                                type.getMethodCallsFromSelf().stream(), type.getMethodReferencesFromSelf().stream()))
                        .map(access -> (AccessTarget) access.getTarget());
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(OurNames::outermost).orElse(type);
    }
}
