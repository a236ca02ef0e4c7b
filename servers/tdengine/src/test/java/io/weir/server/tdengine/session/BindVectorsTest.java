package io.weir.server.tdengine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.server.tdengine.json.Json;
import io.weir.server.tdengine.sql.BoundColumn;
import io.weir.server.tdengine.sql.BoundTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Binds that the vendor's own programs made are read as what they say they are. */
class BindVectorsTest {

    private static final Path FOLDER = Path.of(System.getProperty("weir.root", "../.."))
            .resolve("reactive-client/tdengine/src/test/resources/vectors");
    /** Of a whole message. */
    private static final int HEAD = 30;

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.contains("stmt2_bind") && file.endsWith(".hex"))
                    .map(file -> file.substring(0, file.length() - 4))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] payload(String name) throws IOException {
        String hex = Files.readString(FOLDER.resolve(name + ".hex")).replaceAll("\\s", "");
        return HexFormat.of().parseHex(name.startsWith("rust") ? hex.substring(2 * HEAD) : hex);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aRecordedBindIsReadAsWhatItSaysItIs(String name) throws IOException {
        List<BoundTable> read = BindPayload.read(ByteBuffer.wrap(payload(name)));
        assertThat(read).isNotEmpty();
        Map<?, ?> meaning = (Map<?, ?>) Json.parse(Files.readString(FOLDER.resolve(name + ".json")));
        // Of the others the descriptions tell the shape, and not these values.
        boolean described = name.startsWith("stmt2_") && meaning != null;
        if (described && meaning.get("tables") instanceof List<?> tables) {
            assertThat(read).hasSameSizeAs(tables);
            for (int t = 0; t < read.size(); t++) {
                if (tables.get(t) instanceof Map<?, ?> table) {
                    hasThatMeaning(read.get(t), table);
                } else {
                    assertThat(read.get(t).name()).isEqualTo(tables.get(t));
                }
            }
        } else if (described && meaning.get("columns") instanceof List<?> columns) {
            assertThat(values(read.get(0).columns())).isEqualTo(values(columns));
        } else if (name.endsWith("with_null_cols")) {
            assertThat(read.get(0).columns())
                    .hasSize(16)
                    .allSatisfy(column -> assertThat(column.values()).hasSize(5).containsOnlyNulls());
        }
    }

    private static void hasThatMeaning(BoundTable read, Map<?, ?> table) {
        assertThat(read.name()).isEqualTo(Objects.toString(table.get("name"), ""));
        if (table.get("tags") instanceof List<?> tags) {
            assertThat(values(read.tags()).stream().flatMap(List::stream))
                    .isEqualTo(tags.stream().map(BindVectorsTest::plain).toList());
        }
        if (table.get("columns") instanceof List<?> columns) {
            assertThat(values(read.columns())).isEqualTo(values(columns));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyTruncationIsRefusedInTheAdaptersWords(String name) throws IOException {
        byte[] bytes = payload(name);
        for (int length = 0; length < bytes.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
            assertThatThrownBy(() -> BindPayload.read(cut))
                    .hasMessageMatching("(?s).*(data length is less than 28|total length not match).*");
        }
    }

    /** Of columns that were read, or that the vector's description has. */
    private static List<List<String>> values(List<?> columns) {
        List<List<String>> all = new ArrayList<>();
        for (Object column : columns) {
            List<?> values = column instanceof BoundColumn bound ? bound.values() : (List<?>) column;
            all.add(values.stream().map(BindVectorsTest::plain).toList());
        }
        return all;
    }

    /** Bytes that are no text as hexadecimal digits, all else as it is printed. */
    private static String plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> bytes) {
            return String.valueOf(bytes.get("hex"));
        } else if (value instanceof byte[] bytes) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 127);
            return printable ? text : HexFormat.of().formatHex(bytes);
        }
        // A whole number may be a FLOAT's value.
        String text = String.valueOf(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
