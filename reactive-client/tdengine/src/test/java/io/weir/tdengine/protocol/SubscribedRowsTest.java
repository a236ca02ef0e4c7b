package io.weir.tdengine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.type.TableRows;
import io.weir.testkit.guard.TrackedBuffers;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SubscribedRowsTest {

    static List<Vectors> vectors() {
        return Vectors.all().stream()
                .filter(vector -> vector.name().startsWith("tmq_raw_data"))
                .toList();
    }

    private static void close(List<TableRows> tables) {
        tables.forEach(table -> table.page().close());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyVectorHasItsTablesColumnsAndRows(Vectors vector) {
        ByteBuf bytes = TrackedBuffers.of(vector.bytes());
        List<TableRows> tables = SubscribedRows.read(bytes, ZoneOffset.UTC);
        JsonNode blocks = vector.meaning().path("blocks");
        assertThat(tables).hasSize(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            JsonNode block = blocks.path(i);
            String table = block.path("table").stringValue("");
            assertThat(tables.get(i).table()).isEqualTo(table.startsWith("(") ? "" : table);
            List<String> names = new ArrayList<>();
            block.path("schema").forEach(column -> names.add(column.path(0).stringValue("")));
            assertThat(tables.get(i).page().columns().asList())
                    .extracting(column -> column.name())
                    .containsExactlyElementsOf(names);
            assertThat(tables.get(i).page().size()).isPositive();
        }
        close(tables);
        assertThat(bytes.release()).isTrue();
    }

    @Test
    void theWorkedExampleHasItsValues() {
        ByteBuf bytes = TrackedBuffers.of(Vectors.of("tmq_raw_data_v1_2blocks").bytes());
        List<TableRows> tables = SubscribedRows.read(bytes, ZoneOffset.UTC);
        bytes.release();
        assertThat(tables.get(0).page().row(0).getLong(0)).isEqualTo(1705998904312L);
        assertThat(tables.get(1).page().row(0).getLong(1)).isEqualTo(1);
        assertThat(tables.get(1).page().row(0).getString(2)).isEqualTo("ct1");
        close(tables);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyTruncationIsATypedErrorAndNothingIsHeld(Vectors vector) {
        byte[] all = vector.bytes();
        for (int length = 0; length < all.length; length++) {
            ByteBuf cut = TrackedBuffers.of(all).writerIndex(length);
            WeirException error = failure(cut);
            assertThat(error).as("%d of %d bytes", length, all.length).isNotNull();
            assertThat(error.kind()).isEqualTo(ErrorKind.PROTOCOL);
            assertThat(cut.refCnt()).isEqualTo(1);
            cut.release();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyFlippedByteIsRowsOrATypedErrorAndNothingIsHeld(Vectors vector) {
        byte[] all = vector.bytes();
        for (int i = 0; i < 2 * all.length; i++) {
            byte[] flipped = all.clone();
            flipped[i / 2] ^= (byte) (i % 2 == 0 ? 0x01 : 0xff);
            ByteBuf bytes = TrackedBuffers.of(flipped);
            WeirException error = failure(bytes);
            assertThat(error == null || error.kind() == ErrorKind.PROTOCOL).isTrue();
            assertThat(bytes.refCnt()).isEqualTo(1);
            bytes.release();
        }
    }

    private static @Nullable WeirException failure(ByteBuf bytes) {
        try {
            close(SubscribedRows.read(bytes, ZoneOffset.UTC));
            return null;
        } catch (WeirException e) {
            return e;
        }
    }

    // --- the message around them ------------------------------------------------------------------------------------

    private static ByteBuf answer(int code, String text, byte... data) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        ByteBuf out = Unpooled.buffer();
        out.writeLongLE(-1)
                .writeLongLE(8)
                .writeShortLE(1)
                .writeLongLE(77)
                .writeLongLE(5)
                .writeIntLE(code);
        out.writeIntLE(message.length).writeBytes(message).writeLongLE(9);
        return code != 0 ? out : out.writeShortLE(1).writeIntLE(data.length).writeBytes(data);
    }

    @Test
    void theAnswerTellsItsRequestItsMessageAndItsError() {
        ByteBuf good = answer(0, "", (byte) 1, (byte) 2);
        assertThat(AnswerHead.ofBinary(good)).isEqualTo(new AnswerHead("fetch_raw_data", 5));
        RawDataAnswer read = RawDataAnswer.read(good);
        assertThat(read.messageId()).isEqualTo(9);
        assertThat(read.data()).isEqualTo(Unpooled.wrappedBuffer(new byte[] {1, 2}));
        assertThat(read.error()).isNull();
        WeirException error =
                RawDataAnswer.read(answer(0xffff, "message has been freed")).error();
        assertThat(error).isNotNull().hasMessageContaining("message has been freed");
    }

    @Test
    void everyTruncationOfTheAnswerIsATypedError() {
        ByteBuf good = answer(0, "text", (byte) 1, (byte) 2);
        for (int length = 0; length < good.writerIndex(); length++) {
            ByteBuf cut = good.copy(0, length);
            assertThatThrownBy(() -> RawDataAnswer.read(cut))
                    .isInstanceOfSatisfying(
                            WeirException.class,
                            error -> assertThat(error.kind()).isEqualTo(ErrorKind.PROTOCOL));
        }
    }
}
