package io.weir.server.iotdb;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's own class path, which the build leaves in a file. */
final class ServerClassPath {

    private static final Path BELOW_ROOT = Path.of("servers", "iotdb", "runtime", "target", "iotdb-classpath.txt");
    private static final Pattern SERVER_JAR = Pattern.compile("iotdb-server-([^/\\\\]+)\\.jar");

    private final String jars;

    private ServerClassPath(String jars) {
        this.jars = jars;
    }

    /**
     * Looks where the system property {@code weir.iotdb.classpath} says, else below the one named {@code weir.root},
     * else in the working directory and upwards from there.
     */
    static ServerClassPath find() {
        return find(places());
    }

    static ServerClassPath find(List<Path> looked) {
        for (Path place : looked) {
            if (Files.isRegularFile(place)) {
                return read(place);
            }
        }
        throw new IllegalStateException("The class path of the IoTDB server is not resolved yet: run "
                + "'mvn -q -f servers/iotdb/runtime/pom.xml initialize' in the root of the project (looked for "
                + looked.get(0) + (looked.size() > 1 ? " and " + (looked.size() - 1) + " other places" : "") + ").");
    }

    private static List<Path> places() {
        List<Path> places = new ArrayList<>();
        Optional.ofNullable(System.getProperty("weir.iotdb.classpath"))
                .map(Path::of)
                .ifPresent(places::add);
        Optional.ofNullable(System.getProperty("weir.root"))
                .map(root -> Path.of(root).resolve(BELOW_ROOT))
                .ifPresent(places::add);
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            places.add(up.resolve(BELOW_ROOT));
        }
        return places;
    }

    private static ServerClassPath read(Path file) {
        try {
            String jars = Files.readString(file).strip();
            for (String jar : jars.split(Pattern.quote(File.pathSeparator), -1)) {
                if (!Files.isRegularFile(Path.of(jar))) {
                    throw new IllegalStateException("The class path of the IoTDB server in " + file + " names " + jar
                            + ", which is gone: delete the file and build again.");
                }
            }
            return new ServerClassPath(jars);
        } catch (IOException e) {
            throw new UncheckedIOException("Can not read " + file + ".", e);
        }
    }

    /** The server's version as its own jar says it, for instance {@code 2.0.1-beta}. */
    String version() {
        Matcher jar = SERVER_JAR.matcher(jars);
        return jar.find() ? jar.group(1) : "of an unknown version";
    }

    /** These jars and {@code first} in front of them. */
    String after(String first) {
        return first + File.pathSeparator + jars;
    }
}
