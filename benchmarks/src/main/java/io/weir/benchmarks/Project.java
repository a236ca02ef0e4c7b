package io.weir.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this project lies: below the property {@code weir.root}, else here or upwards from here. */
public final class Project {

    private static final Path PEERS = Path.of("benchmarks", "peers");

    private Project() {}

    public static Path root() {
        String told = System.getProperty("weir.root");
        for (Path up = Path.of(told == null ? "" : told).toAbsolutePath(); up != null; up = up.getParent()) {
            if (Files.isDirectory(up.resolve(PEERS))) {
                return up;
            }
        }
        throw new IllegalStateException("This is not the project's folder: there is no " + PEERS
                + " here or above. Run ./dev bench in its root.");
    }

    public static Path peer(String name) {
        return root().resolve(PEERS).resolve(name);
    }
}
