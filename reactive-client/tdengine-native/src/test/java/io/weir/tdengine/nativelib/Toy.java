package io.weir.tdengine.nativelib;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The toy engine behind the library's C interface, built where a C compiler is found; where none is, the tests that need it
 * are skipped, and the end of {@code ./dev test} says so.
 */
public final class Toy {

    private static final Path ROOT = Path.of(System.getProperty("weir.root", "../.."));
    private static final Path SOURCES = ROOT.resolve("servers/tdengine/native-toy");
    private static final Path NOTE = ROOT.resolve("target/native-toy.txt");
    private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");
    private static final Map<String, Path> BUILT = new ConcurrentHashMap<>();
    private static final @Nullable String COMPILER = compiler();

    private Toy() {}

    public static final String NOTHING =
            "0 connections, 0 results, 0 statements, 0 descriptions, 0 consumers, 0 messages, 0 copies";

    /** What the toy tells about its clients. */
    public interface Counters extends Library {
        long toy_open_connections();

        long toy_open_results();

        long toy_open_statements();

        long toy_open_fields();

        long toy_open_consumers();

        long toy_open_messages();

        long toy_open_copies();

        long toy_polls();

        void toy_fail_polls(int code, int times);

        long toy_fetched_blocks();

        long toy_broken_rules();

        String toy_broken_text();

        String toy_option(int option);
    }

    /** What is open in the library, for a text. */
    public static String open(Counters toy) {
        return toy.toy_open_connections() + " connections, " + toy.toy_open_results() + " results, "
                + toy.toy_open_statements() + " statements, " + toy.toy_open_fields() + " descriptions, "
                + toy.toy_open_consumers() + " consumers, " + toy.toy_open_messages() + " messages, "
                + toy.toy_open_copies() + " copies";
    }

    /** The library as it should be. */
    public static Path library() {
        return build("libtaos");
    }

    public static Counters counters(Path library) {
        return Native.load(library.toString(), Counters.class, Map.of(Library.OPTION_OPEN_FLAGS, 2));
    }

    /** A library built with these definitions. */
    static Path build(String name, String... definitions) {
        Assumptions.assumeTrue(COMPILER != null, "No C compiler (" + COMPILERS + ") in the PATH");
        return BUILT.computeIfAbsent(name, unseen -> compile(name, definitions));
    }

    private static Path compile(String name, String... definitions) {
        try {
            Path folder = Files.createDirectories(Path.of("target/native-toy"));
            Path library = folder.resolve(name + ".so").toAbsolutePath();
            List<String> command = new ArrayList<>(List.of(
                    String.valueOf(COMPILER), "-shared", "-fPIC", "-O1", "-pthread", "-Wl,-Bsymbolic", "-Iinclude"));
            command.addAll(List.of(definitions));
            command.addAll(List.of("-o", library.toString(), "toytaos.c"));
            Process process = new ProcessBuilder(command)
                    .directory(SOURCES.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("The toy does not compile: " + said);
            }
            return library;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String compiler() {
        String found = COMPILERS.stream().filter(Toy::runs).findFirst().orElse(null);
        note(found == null ? "NOT RUN: no C compiler (cc, gcc or clang) in the PATH" : "run, built by " + found);
        return found;
    }

    private static boolean runs(String compiler) {
        try {
            Process process = new ProcessBuilder(compiler, "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void note(String line) {
        try {
            Files.createDirectories(NOTE.getParent());
            Files.writeString(NOTE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
