package io.weir.checks;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes of a vendor, read from its jars and never run.
 *
 * @param packageName in which they are, with a dot at the end
 */
record VendorClasses(String packageName, List<Path> jars, JavaClasses classes) {

    static final VendorClasses IOTDB = of("org.apache.iotdb.", "iotdb-session.jar", "isession.jar");
    static final VendorClasses TDENGINE = of("com.taosdata.jdbc.", "taos-jdbcdriver.jar");

    private static final Pattern TEXT = Pattern.compile("public static final java\\.lang\\.String (\\w+) = \"(.*)\";");

    private static VendorClasses of(String packageName, String... jars) {
        List<Path> paths = Stream.of(jars)
                .map(Project.root().resolve("checks/target/vendor")::resolve)
                .toList();
        return new VendorClasses(
                packageName,
                paths,
                new ClassFileImporter()
                        .importJars(paths.stream().map(VendorClasses::open).toList()));
    }

    private static JarFile open(Path jar) {
        try {
            return new JarFile(jar.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("The vendor's classes are not there", e);
        }
    }

    /** The public methods of some classes, as {@code name(Type, Type)}. */
    Set<String> signatures(List<String> names) {
        return names.stream()
                .flatMap(this::methods)
                .map(VendorClasses::signature)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The public methods of some classes, as {@code Class.name}. */
    Set<String> ownMethods(List<String> names) {
        return names.stream()
                .flatMap(this::methods)
                .map(method -> method.getOwner().getSimpleName() + "." + method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<JavaMethod> methods(String name) {
        return classes.get(packageName + name).getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    private static String signature(JavaMethod method) {
        return method.getRawParameterTypes().stream()
                .map(type -> type.getSimpleName())
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }

    /** The values of a class's constants that are texts. Read by {@code javap}: reflection would run its initializer. */
    Set<String> texts(String name) {
        StringWriter out = new StringWriter();
        String classPath = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        ToolProvider.findFirst("javap")
                .orElseThrow()
                .run(new PrintWriter(out), new PrintWriter(out), "-constants", "-cp", classPath, packageName + name);
        return Project.find(TEXT, out.toString())
                .filter(found -> !found.group(1).endsWith("_PREFIX"))
                .map(found -> found.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
