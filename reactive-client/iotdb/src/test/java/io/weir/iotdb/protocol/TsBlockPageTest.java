package io.weir.iotdb.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.weir.core.ErrorKind;
import io.weir.core.RowView;
import io.weir.core.WeirException;
import io.weir.iotdb.type.IotdbType;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TsBlockPageTest {

    /** Opens a block, and lets go of it before the page is read: the page has bytes of its own. */
    private static void open(ByteBuf block, BlockLayout layout, Consumer<TsBlockPage> use) {
        TsBlockPage page;
        try {
            page = TsBlockPage.of(block, layout);
            assertThat(block.refCnt()).as("who holds the block").isEqualTo(1);
        } finally {
            block.setZero(0, block.capacity()).release();
        }
        try (page) {
            use.accept(page);
        }
    }

    private static void refused(ByteBuf block, BlockLayout layout, String text) {
        try {
            assertThatThrownBy(() -> TsBlockPage.of(block, layout))
                    .isInstanceOfSatisfying(
                            WeirException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PROTOCOL))
                    .hasMessageContaining(text);
            assertThat(block.refCnt()).isEqualTo(1);
        } finally {
            block.release();
        }
    }

    private static List<Object> column(TsBlockPage page, int column) {
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < page.size(); row++) {
            values.add(page.row(row).get(column));
        }
        return values;
    }

    @Test
    void nullsTakeNoPlaceAmongTheValues() {
        ByteBuf block = new BlockBuilder(10)
                .values(IotdbType.INT32, Arrays.asList(null, 1, null, 3, 4, null, null, 7, null, 9))
                .values(IotdbType.TEXT, Arrays.asList("a", null, "", "ccc", null, "ä", "f", null, null, "j"))
                .values(IotdbType.BOOLEAN, Arrays.asList(true, false, null, true, true, null, false, true, true, false))
                .values(IotdbType.INT64, Arrays.asList(0L, null, 2L, null, null, 5L, 6L, null, 8L, 9L))
                .build();
        BlockLayout layout = BlockBuilder.layout(IotdbType.INT32, IotdbType.TEXT, IotdbType.BOOLEAN, IotdbType.INT64);
        open(block, layout, page -> {
            assertThat(column(page, 0)).containsExactly(null, 1, null, 3, 4, null, null, 7, null, 9);
            assertThat(column(page, 1)).containsExactly("a", null, "", "ccc", null, "ä", "f", null, null, "j");
            assertThat(column(page, 2)).containsExactly(true, false, null, true, true, null, false, true, true, false);
            assertThat(column(page, 3)).containsExactly(0L, null, 2L, null, null, 5L, 6L, null, 8L, 9L);
        });
    }

    @Test
    void everyTypeIsReadAsWhatItIs() {
        ByteBuf block = new BlockBuilder(1)
                .values(IotdbType.BOOLEAN, List.of(true))
                .values(IotdbType.INT32, List.of(Integer.MIN_VALUE))
                .values(IotdbType.INT64, List.of(Long.MAX_VALUE))
                .values(IotdbType.FLOAT, List.of(-0.0f))
                .values(IotdbType.DOUBLE, List.of(Double.NaN))
                .values(IotdbType.TEXT, List.of("text"))
                .values(IotdbType.TIMESTAMP, List.of(-1L))
                .values(IotdbType.DATE, List.of(20240229))
                .values(IotdbType.BLOB, List.of(new byte[] {0, -1}))
                .values(IotdbType.STRING, List.of("😀"))
                .build();
        open(block, BlockBuilder.layout(false, IotdbType.values()), page -> {
            RowView row = page.row(0);
            assertThat(row.getLong(0)).as("the time").isZero();
            assertThat(row.getBoolean(1)).isTrue();
            assertThat(row.getLong(2)).isEqualTo(Integer.MIN_VALUE);
            assertThat(row.getLong(3)).isEqualTo(Long.MAX_VALUE);
            assertThat(row.get(4)).isEqualTo(-0.0f);
            assertThat(row.getDouble(5)).isNaN();
            assertThat(row.getString(6)).isEqualTo("text");
            assertThat(row.get(7)).isEqualTo(OffsetDateTime.parse("1969-12-31T23:59:59.999Z"));
            assertThat(row.getLong(7)).isEqualTo(-1);
            assertThat(row.get(8)).isEqualTo(LocalDate.of(2024, 2, 29));
            assertThat(row.get(9, byte[].class)).containsExactly(0, -1);
            assertThat(row.getString(10)).isEqualTo("😀");
        });
    }

    @Test
    void aRepeatedValueStandsForAllRows() {
        ByteBuf block = new BlockBuilder(3)
                .repeated(IotdbType.TEXT, "tag")
                .repeated(IotdbType.INT64, 5L)
                .repeated(IotdbType.BOOLEAN, true)
                .repeated(IotdbType.INT32, null)
                .build();
        // A column of nothing but nulls may come in another encoding than its type has.
        BlockLayout layout = BlockBuilder.layout(IotdbType.TEXT, IotdbType.INT64, IotdbType.BOOLEAN, IotdbType.DOUBLE);
        open(block, layout, page -> {
            assertThat(column(page, 0)).containsExactly("tag", "tag", "tag");
            assertThat(page.row(0).getString(0))
                    .as("made once")
                    .isSameAs(page.row(2).getString(0));
            assertThat(column(page, 1)).containsExactly(5L, 5L, 5L);
            assertThat(column(page, 2)).containsExactly(true, true, true);
            assertThat(column(page, 3)).containsExactly(null, null, null);
        });
    }

    @Test
    void aDictionaryIsLookedUp() {
        ByteBuf block = new BlockBuilder(5)
                .dictionary(IotdbType.STRING, Arrays.asList("x", null, "zz"), 2, 0, 1, 2, 0)
                .dictionary(IotdbType.INT32, List.of(7, 8), 1, 1, 0, 1, 0)
                .dictionary(IotdbType.BOOLEAN, List.of(false, true), 1, 0, 0, 1, 1)
                .dictionary(IotdbType.DOUBLE, List.of(0.5, 1.5), 1, 1, 0, 1, 0)
                .build();
        BlockLayout layout =
                BlockBuilder.layout(IotdbType.STRING, IotdbType.INT32, IotdbType.BOOLEAN, IotdbType.DOUBLE);
        open(block, layout, page -> {
            assertThat(column(page, 0)).containsExactly("zz", "x", null, "zz", "x");
            assertThat(column(page, 1)).containsExactly(8, 8, 7, 8, 7);
            assertThat(column(page, 2)).containsExactly(true, false, false, true, true);
            assertThat(column(page, 3)).containsExactly(1.5, 1.5, 0.5, 1.5, 0.5);
        });
    }

    @Test
    void bytesAreShownWithoutTheirNeighbours() {
        ByteBuf block = new BlockBuilder(2)
                .values(IotdbType.TEXT, Arrays.asList("abc", null))
                .build();
        open(block, BlockBuilder.layout(IotdbType.TEXT), page -> {
            ByteBuffer slice = page.row(0).slice(0);
            assertThat(slice).isNotNull();
            assertThat(slice.isReadOnly()).isTrue();
            assertThat(slice.capacity())
                    .as("nothing of its neighbours can be seen")
                    .isEqualTo(3);
            assertThat(slice.remaining()).isEqualTo(3);
            assertThat(slice.get(2)).isEqualTo((byte) 'c');
            assertThat(page.row(1).slice(0)).isNull();
        });
    }

    @Test
    void textsAreReadWhateverTheirAlphabetAndLength() {
        List<String> ascii = List.of("", "a", "1234567", "12345678", "123456789", "\u007f", "x".repeat(127));
        List<String> mixed = List.of("ascii", "ä", "12345678é", "😀 and more", "x".repeat(128), "", "y".repeat(70_000));
        ByteBuf block = new BlockBuilder(7)
                .values(IotdbType.TEXT, ascii)
                .values(IotdbType.TEXT, mixed)
                .build();
        open(block, BlockBuilder.layout(IotdbType.TEXT, IotdbType.TEXT), page -> {
            assertThat(column(page, 0)).isEqualTo(ascii);
            assertThat(column(page, 1)).isEqualTo(mixed);
        });
    }

    @Test
    void rowsAreFoundInAnyOrder() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            int rows = random.nextInt(100);
            int nullsOf10 = random.nextInt(11);
            List<Object> texts = new ArrayList<>();
            List<Object> numbers = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                texts.add(random.nextInt(10) < nullsOf10 ? null : "t".repeat(random.nextInt(5)) + i);
                numbers.add(random.nextInt(10) < nullsOf10 ? null : random.nextLong());
            }
            ByteBuf block = new BlockBuilder(rows)
                    .values(IotdbType.TEXT, texts)
                    .values(IotdbType.INT64, numbers)
                    .build();
            BiConsumer<TsBlockPage, Integer> check = (page, row) -> {
                assertThat(page.row(row).get(0))
                        .as("seed %d, row %d", seed, row)
                        .isEqualTo(texts.get(row));
                assertThat(page.row(row).get(1))
                        .as("seed %d, row %d", seed, row)
                        .isEqualTo(numbers.get(row));
            };
            open(block, BlockBuilder.layout(IotdbType.TEXT, IotdbType.INT64), page -> {
                for (int i = 0; i < 2 * rows; i++) {
                    check.accept(page, random.nextInt(rows));
                }
                for (int row = 0; row < rows; row++) {
                    check.accept(page, row);
                }
                for (int row = rows - 1; row >= 0; row--) {
                    check.accept(page, row);
                }
            });
        }
    }

    @Test
    void aClosedPageIsNotRead() {
        ByteBuf block = new BlockBuilder(1).values(IotdbType.INT32, List.of(1)).build();
        RowView[] leaked = new RowView[1];
        open(block, BlockBuilder.layout(IotdbType.INT32), page -> leaked[0] = page.row(0));

        assertThatThrownBy(() -> leaked[0].getLong(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEmptyPageStillHasItsColumns() {
        BlockLayout layout = BlockBuilder.layout(IotdbType.INT32, IotdbType.TEXT);
        try (TsBlockPage page = TsBlockPage.empty(layout)) {
            assertThat(page.size()).isZero();
            assertThat(page.columns().size()).isEqualTo(2);
        }
        open(
                new BlockBuilder(0)
                        .values(IotdbType.INT32, List.of())
                        .values(IotdbType.TEXT, List.of())
                        .build(),
                layout,
                page -> assertThat(page.size()).isZero());
    }

    @Test
    void aBlockInAnArrayIsReadAsWell() {
        ByteBuf direct = new BlockBuilder(2)
                .values(IotdbType.TEXT, List.of("one", "two"))
                .build();
        ByteBuf heap = ByteBufAllocator.DEFAULT.heapBuffer().writeZero(3).writeBytes(direct);
        direct.release();
        heap.skipBytes(3);
        try (TsBlockPage page = TsBlockPage.of(heap, BlockBuilder.layout(IotdbType.TEXT))) {
            assertThat(column(page, 0)).containsExactly("one", "two");
        }
        heap.release();
    }

    @Test
    void whatDoesNotAddUpIsAProtocolError() {
        BlockLayout ints = BlockBuilder.layout(IotdbType.INT32);
        ByteBuf longer = new BlockBuilder(1).values(IotdbType.INT32, List.of(1)).build();
        refused(longer.writeByte(0), ints, "1 bytes follow its last column");
        ByteBuf shorter =
                new BlockBuilder(2).values(IotdbType.INT32, List.of(1)).build();
        refused(shorter, ints, "8 more bytes are expected");
        refused(
                new BlockBuilder(1)
                        .raw(1, Unpooled.buffer().writeByte(2).writeInt(1))
                        .build(),
                ints,
                "0 or 1, here is 2");
        refused(
                new BlockBuilder(1)
                        .raw(6, Unpooled.buffer().writeByte(0).writeInt(1))
                        .build(),
                ints,
                "encoded as 6");
        refused(
                new BlockBuilder(2)
                        .dictionary(IotdbType.INT32, List.of(1), 0, 1)
                        .build(),
                ints,
                "entry 1 of a dictionary of 1");
        refused(new BlockBuilder(2).dictionary(IotdbType.INT32, List.of(1), 0).build(), ints, "another number of rows");
        refused(
                new BlockBuilder(1)
                        .raw(3, Unpooled.buffer().writeByte(0).writeInt(-1))
                        .build(),
                BlockBuilder.layout(IotdbType.TEXT),
                "a length of -1");
        ByteBuf negative = ByteBufAllocator.DEFAULT.directBuffer().writeInt(0).writeInt(-1);
        refused(negative, BlockBuilder.layout(), "-1 rows");
    }

    @Test
    void aTypeThatIsStoredOtherwiseIsAProtocolError() {
        refused(
                new BlockBuilder(1).values(IotdbType.INT64, List.of(1L)).build(),
                BlockBuilder.layout(IotdbType.INT32),
                "'c0' is of type INT32");
        refused(
                new BlockBuilder(1).values(IotdbType.INT64, List.of(1L)).build(),
                BlockBuilder.layout(IotdbType.INT64, IotdbType.INT64),
                "number 1 of its blocks, and sent a block of 1");
    }

    @Test
    void aNumberThatIsNoDateIsSaidWhereItIsRead() {
        ByteBuf block =
                new BlockBuilder(1).values(IotdbType.DATE, List.of(20241399)).build();
        open(
                block,
                BlockBuilder.layout(IotdbType.DATE),
                page -> assertThatThrownBy(() -> page.row(0).get(0))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("c0"));
    }

    @Test
    void aTypeThatWeDoNotKnowIsNamed() {
        Executed head =
                new Executed(Status.MISSING, 1, List.of("pic"), List.of("OBJECT"), true, null, List.of(), false, null);
        assertThatThrownBy(() -> BlockLayout.of(head, io.weir.core.TimePrecision.NANOSECONDS, java.time.ZoneOffset.UTC))
                .hasMessageContaining("'pic'")
                .hasMessageContaining("'OBJECT'");
    }
}
