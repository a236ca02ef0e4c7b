package io.weir.tdengine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.weir.core.ErrorKind;
import io.weir.core.Kind;
import io.weir.core.Page;
import io.weir.core.RowView;
import io.weir.core.TimePrecision;
import io.weir.core.WeirException;
import io.weir.tdengine.type.TdengineType;
import io.weir.testkit.Hex;
import io.weir.testkit.guard.TrackedBuffers;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Blocks as servers sent them: every value, and what becomes of them when bytes are missing or wrong. */
class BlockVectorsTest {

    static Stream<Vectors> blocks() {
        return Vectors.all().stream().filter(vector -> vector.blockStart() >= 0);
    }

    static ResultLayout layoutOf(ByteBuf block) {
        RawBlock read = RawBlock.read(block.nioBuffer());
        List<ResultField> fields = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            fields.add(new ResultField("c" + i, read.column(i).type, 0, 0, 0));
        }
        return ResultLayout.of(fields, TimePrecision.MILLISECONDS, ZoneOffset.UTC);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyValueIsWhatTheVectorSays(Vectors vector) {
        ByteBuf block = vector.block();
        JsonNode rows = vector.meaning().path("rows");
        try (Page page = BlockPage.of(block, layoutOf(block))) {
            if (!rows.isMissingNode()) {
                assertThat(page.size()).isEqualTo(rows.size());
            }
            for (int row = 0; row < page.size(); row++) {
                RowView view = page.row(row);
                for (int column = 0; column < page.columns().size(); column++) {
                    Object shown = shown(view, column);
                    if (!rows.isMissingNode()) {
                        assertThat(shown)
                                .as("row %s, column %s", row, column)
                                .isEqualTo(expected(
                                        rows.path(row).path(column),
                                        page.columns().get(column).kind()));
                    }
                }
            }
        }
        block.release();
    }

    @Test
    void aBlockWithDecimalsAndBlobsOfANewerServer() {
        ByteBuf block = TrackedBuffers.ofHex("""
                01000000bd000000030000000400000000000080000000000000000009080000
                00110414001015020a000812040000001800000030000000180000000d000000
                0074009086820100005c049086820100004408908682010000401e09fb711f01
                0000000000000000000000000000000000000000000000000000ffffffffffff
                ffffffffffffffffffff40c7cfffffffffffff00000000000000000000000000
                00000000000000ffffffff0900000005000000010203ddff0000000000
                """);
        try (Page page = BlockPage.of(block, layoutOf(block))) {
            assertThat(page.size()).isEqualTo(3);
            assertThat(page.row(0).getLong(0)).isEqualTo(1660114960500L);
            assertThat(page.row(0).get(1)).isEqualTo(new BigDecimal("123456789.1230"));
            assertThat(page.row(0).get(2)).isEqualTo(new BigDecimal("-123.45"));
            assertThat(page.row(0).get(3, byte[].class)).isEqualTo(Hex.bytes("010203ddff"));
            assertThat(page.row(1).isNull(1)
                            && page.row(1).isNull(2)
                            && page.row(1).isNull(3))
                    .isTrue();
            assertThat(page.row(2).get(1)).isEqualTo(new BigDecimal("-0.0001"));
            assertThat(page.row(2).get(2)).isEqualTo(new BigDecimal("0.00"));
            assertThat(page.row(2).isNull(3)).isFalse();
            assertThat(page.row(2).get(3, byte[].class)).isEmpty();
        }
        block.release();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyTruncationIsATypedError(Vectors vector) {
        ByteBuf whole = vector.block();
        ResultLayout layout = layoutOf(whole);
        for (int size = 0; size < whole.readableBytes(); size++) {
            ByteBuf cut = whole.slice(whole.readerIndex(), size);
            assertThatThrownBy(() -> BlockPage.of(cut, layout))
                    .as("first %s bytes", size)
                    .isInstanceOfSatisfying(
                            WeirException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PROTOCOL));
        }
        assertThat(whole.refCnt()).isEqualTo(1);
        whole.release();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyFlippedByteIsATypedErrorOrReadsToTheEnd(Vectors vector) {
        ByteBuf pristine = vector.block();
        ResultLayout layout = layoutOf(pristine);
        int refused = 0;
        for (int at = 0; at < pristine.readableBytes(); at++) {
            for (int mask : new int[] {0x01, 0x80, 0xff}) {
                ByteBuf flipped = pristine.copy();
                int index = flipped.readerIndex() + at;
                flipped.setByte(index, flipped.getByte(index) ^ mask);
                try (Page page = BlockPage.of(flipped, layout)) {
                    readAll(page);
                } catch (WeirException e) {
                    assertThat(e.kind()).isEqualTo(ErrorKind.PROTOCOL);
                    refused++;
                } catch (RuntimeException e) {
                    fail("byte " + at + " of " + vector + " flipped by " + mask, e);
                }
                assertThat(flipped.refCnt()).isEqualTo(1);
                flipped.release();
            }
        }
        assertThat(refused).isPositive();
        pristine.release();
    }

    @Test
    void aColumnOfAnotherTypeThanItsResultIsRefused() {
        ByteBuf block = Vectors.of("fetch_raw_block_resp_show_cluster_alive").block();
        ResultLayout text = ResultLayout.of(
                List.of(new ResultField("status", TdengineType.VARCHAR, 20, 0, 0)),
                TimePrecision.MILLISECONDS,
                ZoneOffset.UTC);
        assertThatThrownBy(() -> BlockPage.of(block, text))
                .hasMessageContaining("INT")
                .hasMessageContaining("VARCHAR");
        assertThat(block.refCnt()).isEqualTo(1);
        block.release();
    }

    @Test
    void aWholeAnswerToAFetchIsReadAndEveryTruncationOfItsHeadRefused() {
        byte[] bytes = Vectors.of("fetch_raw_block_resp_show_cluster_alive").bytes();
        ByteBuf frame = TrackedBuffers.of(bytes);
        assertThat(FetchAnswer.isOne(frame)).isTrue();
        assertThat(FetchAnswer.requestId(frame)).isEqualTo(2586237194954866693L);
        FetchAnswer answer = FetchAnswer.read(frame);
        assertThat(answer.resultId()).isEqualTo(1);
        assertThat(answer.error()).isNull();
        try (Page page = BlockPage.of(answer.block(), layoutOf(answer.block()))) {
            assertThat(page.row(0).getLong(0)).isEqualTo(1);
        }
        frame.release();
        for (int size = 0; size < bytes.length; size++) {
            ByteBuf cut = TrackedBuffers.of(Arrays.copyOf(bytes, size));
            assertThatThrownBy(() -> FetchAnswer.read(cut)).isInstanceOf(WeirException.class);
            cut.release();
        }
    }

    @Test
    void theEndAndAnErrorHaveNoBlock() {
        FetchAnswer end = FetchAnswer.read(Unpooled.wrappedBuffer(
                Hex.bytes("ffffffffffffffff 0700000000000000 0100 0100000000000000 0500000000000000 00000000 00000000"
                        + " 0100000000000000 01")));
        assertThat(end.finished()).isTrue();
        assertThat(end.error()).isNull();
        FetchAnswer unknown = FetchAnswer.read(Unpooled.wrappedBuffer(
                Hex.bytes("ffffffffffffffff 0700000000000000 0100 0100000000000000 0600000000000000 ffff0000 0d000000"
                        + " 726573756c74206973206e696c 6300000000000000 01")));
        assertThat(unknown.resultId()).isEqualTo(99);
        assertThat(unknown.error()).hasMessageContaining("result is nil");
        assertThat(unknown.error().code()).isEqualTo(ErrorCodes.ADAPTER);
    }

    private static void readAll(Page page) {
        for (int row = 0; row < page.size(); row++) {
            for (int column = 0; column < page.columns().size(); column++) {
                shown(page.row(row), column);
            }
        }
    }

    private static Object shown(RowView row, int column) {
        if (row.isNull(column)) {
            return null;
        }
        return switch (row.columns().get(column).kind()) {
            case TIMESTAMP -> row.getLong(column);
            case INT8, INT16, INT32, INT64, DECIMAL -> row.get(column, BigDecimal.class);
            case FLOAT -> (double) row.get(column, Float.class);
            case DOUBLE -> row.getDouble(column);
            case BOOLEAN -> row.getBoolean(column);
            case BINARY -> Hex.text(row.get(column, byte[].class));
            default -> row.getString(column);
        };
    }

    private static Object expected(JsonNode value, Kind kind) {
        if (value.isNull()) {
            return null;
        }
        return switch (kind) {
            case TIMESTAMP -> value.longValue();
            case INT8, INT16, INT32, INT64, DECIMAL -> new BigDecimal(value.asString());
            case FLOAT -> value.isString() ? Float.MAX_VALUE : (double) (float) value.doubleValue();
            case DOUBLE -> value.isString() ? Double.MAX_VALUE : value.doubleValue();
            case BOOLEAN -> value.booleanValue();
            case BINARY ->
                value.isObject()
                        ? value.path("hex").stringValue()
                        : Hex.text(value.stringValue().getBytes(StandardCharsets.UTF_8));
            default ->
                value.isObject()
                        ? new String(Hex.bytes(value.path("hex").stringValue()), StandardCharsets.UTF_8)
                        : value.stringValue();
        };
    }

    /** Columns of ASCII alone are read in another way than the rest, and lengths from 128 on look like other texts. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "für", "漢字", "\uD83D\uDE00", ""})
    void textsAreReadWhateverStandsBesideThem(String other) {
        String[] texts = {"", "a", "machine-000001", other, "x".repeat(127), "y".repeat(128), other.repeat(60)};
        ByteBuf block = texts(texts);
        try (Page page = BlockPage.of(block, layoutOf(block))) {
            for (int row = 0; row < texts.length; row++) {
                assertThat(page.row(row).getString(0)).isEqualTo(texts[row]);
            }
            assertThat(page.row(texts.length).isNull(0)).isTrue();
            assertThat(page.row(texts.length).getString(0)).isNull();
        } finally {
            block.release();
        }
    }

    /** A block of one column, with a null behind the texts. */
    private static ByteBuf texts(String... texts) {
        ByteBuf offsets = Unpooled.buffer();
        ByteBuf values = Unpooled.buffer();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            offsets.writeIntLE(values.writerIndex());
            values.writeShortLE(bytes.length).writeBytes(bytes);
        }
        offsets.writeIntLE(-1);
        int total = 28 + 9 + offsets.readableBytes() + values.readableBytes();
        ByteBuf block = Unpooled.buffer().writeIntLE(1).writeIntLE(total).writeIntLE(texts.length + 1);
        block.writeIntLE(1).writeIntLE(0x8000_0000).writeLongLE(0);
        block.writeByte(TdengineType.VARCHAR.code()).writeIntLE(1000).writeIntLE(values.readableBytes());
        block.writeBytes(offsets).writeBytes(values);
        offsets.release();
        values.release();
        return block;
    }
}
