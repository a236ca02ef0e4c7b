package io.weir.server.iotdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a line for each real server that a test run started and that answered, so that the report at the end of
 * {@code ./dev test} rests on what happened.
 */
final class RealServers {

    private RealServers() {}

    static void started(String what) {
        @Nullable String root = System.getProperty("weir.root");
        if (root == null) {
            return;
        }
        try {
            Path folder = Files.createDirectories(Path.of(root, "target"));
            Path module = Path.of(root).toAbsolutePath().relativize(Path.of("").toAbsolutePath());
            String line = what + " for the tests of " + module + "\n";
            Files.writeString(
                    folder.resolve("real-servers.txt"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Can not note that " + what + " was started.", e);
        }
    }
}
