package io.weir.iotdb.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a format writes it reads, whatever the values. */
class ThriftFormatTest {

    private static final int[] INTS = {
        0, 1, -1, 63, 64, -64, -65, 8191, 8192, 1 << 20, 1 << 27, 1 << 28, Integer.MAX_VALUE, Integer.MIN_VALUE
    };
    private static final long[] LONGS = {
        0, -1, 1L << 34, 1L << 35, -(1L << 41), 1L << 55, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE
    };
    /** Lists of up to 14 have a short form in the compact protocol. */
    private static final int[] SIZES = {0, 1, 14, 15, 16, 300};

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void whatTheOutputWritesTheInputReads(ThriftFormat format) {
        ByteBuf out = Unpooled.buffer();
        ThriftOutput written = format.output(out);
        written.beginCall("méthode", -7);
        written.beginStruct(1);
        written.bool(1, true);
        written.bool(2, false);
        written.string(40, "ä😀");
        written.binary(41, Unpooled.wrappedBuffer(new byte[] {0, -1}));
        // An id that goes back has no short form.
        written.beginStruct(3);
        written.bool(20, true);
        written.endStruct();
        written.i32(4, 5);
        written.endStruct();
        written.endCall();

        ThriftInput in = format.input(out);
        assertThat(in.message()).isEqualTo(new MessageHead(MessageHead.CALL, "méthode", -7));
        in.beginStruct();
        field(in, 1, ThriftType.STRUCT);
        in.beginStruct();
        field(in, 1, ThriftType.BOOL);
        assertThat(in.boolField()).isTrue();
        field(in, 2, ThriftType.BOOL);
        assertThat(in.boolField()).isFalse();
        field(in, 40, ThriftType.STRING);
        assertThat(in.stringField()).isEqualTo("ä😀");
        field(in, 41, ThriftType.STRING);
        assertThat(ByteBufUtil.hexDump(in.binary())).isEqualTo("00ff");
        field(in, 3, ThriftType.STRUCT);
        in.skip();
        field(in, 4, ThriftType.I32);
        assertThat(in.i32Field()).isEqualTo(5);
        assertThat(in.nextField()).isFalse();
        assertThat(in.nextField()).isFalse();
        assertThat(in.remaining()).isZero();
    }

    private static void field(ThriftInput in, int id, ThriftType type) {
        assertThat(in.nextField()).isTrue();
        assertThat(in.fieldId()).isEqualTo(id);
        assertThat(in.fieldType()).isEqualTo(type);
    }

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void numbersOfAllLengthsComeBack(ThriftFormat format) {
        ByteBuf out = Unpooled.buffer();
        ThriftOutput written = format.output(out);
        for (int value : INTS) {
            written.i32(value);
        }
        for (long value : LONGS) {
            written.i64(value);
        }
        ThriftInput in = format.input(out);
        for (int value : INTS) {
            assertThat(in.i32()).isEqualTo(value);
        }
        for (long value : LONGS) {
            assertThat(in.i64()).isEqualTo(value);
        }
        assertThat(in.remaining()).isZero();
    }

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void collectionsOfAllSizesComeBack(ThriftFormat format) {
        for (int size : SIZES) {
            Map<String, String> map = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                map.put("k" + i, "v" + i);
            }
            ByteBuf out = Unpooled.buffer();
            ThriftOutput written = format.output(out);
            written.beginStruct(1);
            written.stringList(1, Collections.nCopies(size, "x".repeat(size)));
            written.stringMap(2, map);
            written.endStruct();

            ThriftInput in = format.input(out);
            in.beginStruct();
            field(in, 1, ThriftType.STRUCT);
            in.beginStruct();
            field(in, 1, ThriftType.LIST);
            assertThat(in.beginList(ThriftType.STRING)).isEqualTo(size);
            for (int i = 0; i < size; i++) {
                assertThat(in.string()).isEqualTo("x".repeat(size));
            }
            field(in, 2, ThriftType.MAP);
            assertThat(in.beginMap(ThriftType.STRING, ThriftType.STRING)).isEqualTo(size);
            Map<String, String> read = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                read.put(in.string(), in.string());
            }
            assertThat(read).isEqualTo(map);
            assertThat(in.nextField()).isFalse();
            assertThat(in.remaining()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void theFirstByteTellsTheFormat(ThriftFormat format) {
        ByteBuf out = Unpooled.buffer();
        format.output(out).beginCall("m", 1);
        assertThat(ThriftFormat.of(out)).isEqualTo(format);
        assertThat(List.of(ThriftFormat.values())).contains(ThriftFormat.of(Unpooled.EMPTY_BUFFER));
    }
}
