package io.weir.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a run says: figures and remarks for the reader, every sample for the file that proves them. */
public final class Transcript {

    private final PrintStream out;
    private final List<String> lines = new ArrayList<>();

    public Transcript(PrintStream out) {
        this.out = out;
    }

    /** For the reader and for the file. */
    public void say(String line) {
        out.println(line);
        lines.add(line);
    }

    /** For the file alone. */
    public void raw(String line) {
        lines.add(line);
    }

    /** Writes all of it to a file below the root, and says so. */
    public void save(Path root, Path below) throws IOException {
        Path file = root.resolve(below);
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(file, lines);
        out.println("Saved as " + below);
    }
}
