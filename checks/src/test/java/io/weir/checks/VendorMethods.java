package io.weir.checks;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** The public methods of the vendor's classes, read from its jars. */
final class VendorMethods {

    private static final String PACKAGE = "org.apache.iotdb.";

    private VendorMethods() {}

    /** As {@code name(Type, Type)}. */
    static Set<String> of(List<String> classes) {
        Set<String> signatures = new TreeSet<>();
        for (String name : classes) {
            Holder.CLASSES.get(PACKAGE + name).getMethods().stream()
                    .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                    .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                    .map(VendorMethods::signature)
                    .forEach(signatures::add);
        }
        return signatures;
    }

    private static String signature(JavaMethod method) {
        return method.getRawParameterTypes().stream()
                .map(type -> type.getSimpleName())
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }

    private static final class Holder {
        private static final JavaClasses CLASSES =
                new ClassFileImporter().importJars(jar("iotdb-session.jar"), jar("isession.jar"));

        private static JarFile jar(String name) {
            try {
                return new JarFile(Project.root()
                        .resolve("checks/target/vendor")
                        .resolve(name)
                        .toFile());
            } catch (IOException e) {
                throw new UncheckedIOException("The vendor's classes are not there", e);
            }
        }
    }
}
