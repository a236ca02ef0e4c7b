package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a real server was asked and answered, see {@link VectorRecorder}. */
record Vectors(ThriftFormat format, String name, String call, String reply) {

    private static final Path FOLDER = Path.of("src/test/resources/vectors");

    /** Those of both formats. */
    static List<Vectors> all() {
        return Stream.of(ThriftFormat.values())
                .flatMap(format -> all(format).stream())
                .toList();
    }

    private static List<Vectors> all(ThriftFormat format) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(format.name().toLowerCase(Locale.ROOT)))) {
            return files.sorted().map(file -> read(format, file)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Vectors of(String name) {
        return of(ThriftFormat.BINARY, name);
    }

    static Vectors of(ThriftFormat format, String name) {
        return all(format).stream()
                .filter(v -> v.name().endsWith("-" + name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no vector " + name));
    }

    /** The reply's message without its length. */
    byte[] message() {
        return ByteBufUtil.decodeHexDump(reply.substring(2 * Integer.BYTES));
    }

    private static Vectors read(ThriftFormat format, Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String name = file.getFileName().toString().replace(".hex", "");
            return new Vectors(format, name, digits(lines, "> "), digits(lines, "< "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digits(List<String> lines, String mark) {
        String line = lines.stream().filter(l -> l.startsWith(mark)).findFirst().orElseThrow();
        return line.substring(mark.length());
    }

    @Override
    public String toString() {
        return format + " " + name;
    }
}
