package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.weir.testkit.Hex;
import io.weir.testkit.guard.TrackedBuffers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the vendor's own programs sent, and what it means; see the README beside them. */
record Vectors(String name, String hex, JsonNode meaning) {

    private static final Path FOLDER = Path.of("src/test/resources/vectors");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static List<Vectors> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".hex"))
                    .sorted()
                    .map(file -> of(file.substring(0, file.length() - 4)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Vectors of(String name) {
        try {
            return new Vectors(
                    name,
                    Files.readString(FOLDER.resolve(name + ".hex")),
                    MAPPER.readTree(Files.readString(FOLDER.resolve(name + ".json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        return Hex.bytes(hex);
    }

    /** Where the block of rows begins; negative if there is none. */
    int blockStart() {
        String kind = meaning.path("kind").stringValue("");
        if (kind.startsWith("raw_block")) {
            return 0;
        }
        if (kind.startsWith("fetch_block")) {
            return 8;
        }
        if (kind.startsWith("TMQ fetch_block")) {
            return 16;
        }
        return kind.startsWith("whole fetch_raw_block") ? 55 : -1;
    }

    /** The block, which is counted. */
    ByteBuf block() {
        return TrackedBuffers.of(bytes()).skipBytes(blockStart());
    }

    /** Where the payload of a bind begins; negative if there is none. */
    int payloadStart() {
        return name.startsWith("stmt2_bind") ? 0 : name.startsWith("rust_stmt2") ? 30 : -1;
    }

    @Override
    public String toString() {
        return name;
    }
}
