package io.weir.iotdb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BytesColumnTest {

    private static final String[] PIECES = {"", "a", "machine-000012", "é", "ß…", "水", "\ud83d\ude00", "x".repeat(200)};

    private record Expected(long time, @Nullable String text) {}

    @Test
    void whateverIsSetReplacedTakenBackOrForgottenTravelsAsItIsAtTheEnd() {
        Random random = new Random(20261121);
        Tablet tablet = Tablet.ofDevice("root.d")
                .column("t", IotdbType.TEXT)
                .column("b", IotdbType.BLOB)
                .build();
        for (int round = 0; round < 500; round++) {
            tablet.clear();
            List<Expected> rows = fill(tablet, random);
            rows.sort(Comparator.comparingLong(Expected::time));

            try (TabletContent content = tablet.content()) {
                int from = rows.isEmpty() ? 0 : random.nextInt(rows.size());
                int to = from + (rows.isEmpty() ? 0 : random.nextInt(rows.size() - from) + 1);
                for (int column = 0; column < 2; column++) {
                    ByteBuffer bytes = ByteBuffer.allocate((int) content.bytesLength(column, from, to));
                    content.copyBytes(column, from, to, bytes);
                    assertThat(bytes.hasRemaining()).as("round %s", round).isFalse();
                    assertThat(texts(bytes.flip()))
                            .as("round %s, column %s", round, column)
                            .isEqualTo(rows.subList(from, to).stream()
                                    .map(row -> row.text() == null ? "" : row.text())
                                    .toList());
                }
            }
        }
    }

    private static List<Expected> fill(Tablet tablet, Random random) {
        List<Expected> rows = new ArrayList<>();
        boolean inOrder = random.nextBoolean();
        boolean wild = random.nextBoolean();
        for (int i = random.nextInt(30); i > 0; i--) {
            long time = inOrder ? rows.size() : random.nextInt(1000) * 31L + rows.size();
            TabletRow row = tablet.row(time);
            String text = null;
            for (int changes = wild ? random.nextInt(4) : 1; changes > 0; changes--) {
                text = random.nextInt(4) == 0 && wild ? null : text(random);
                row.set("t", (Object) text).set("b", bytes(text));
            }
            if (wild && random.nextInt(6) == 0) {
                tablet.dropLastRow();
            } else {
                rows.add(new Expected(time, text));
            }
        }
        return rows;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static @Nullable Object bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(ByteBuffer bytes) {
        List<String> texts = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] text = new byte[bytes.getInt()];
            bytes.get(text);
            texts.add(new String(text, StandardCharsets.UTF_8));
        }
        return texts;
    }

    @Test
    void aTextThatIsRefusedLeavesTheRowAsItWas() {
        Tablet tablet = Tablet.ofDevice("root.d").column("t", IotdbType.TEXT).build();
        tablet.row(1).set("t", "kept");
        TabletRow row = tablet.row(2).set("t", "before");
        assertThat(catchThrowable(() -> row.set("t", "half\ud83d"))).hasMessageContaining("unpaired surrogate");
        tablet.row(3).set("t", "after");

        try (TabletContent content = tablet.content()) {
            ByteBuffer bytes = ByteBuffer.allocate((int) content.bytesLength(0, 0, 3));
            content.copyBytes(0, 0, 3, bytes);
            assertThat(texts(bytes.flip())).containsExactly("kept", "before", "after");
        }
    }
}
