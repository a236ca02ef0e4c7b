package io.weir.iotdb.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.weir.core.WeirException;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.Tablet;
import io.weir.iotdb.type.TabletContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InsertTabletTest {

    private static final int ANY_LENGTH = 1 << 26;

    private static String hex(Tablet tablet) {
        try (TabletContent content = tablet.content()) {
            ByteBuf out = Unpooled.buffer();
            Calls.write(
                    out,
                    ThriftFormat.BINARY,
                    1,
                    InsertTablet.of(5, content, 0, ANY_LENGTH).get(0));
            return ByteBufUtil.hexDump(out);
        }
    }

    private static String field(int type, int id) {
        return String.format("%02x%04x", type, id);
    }

    private static String text(String value) {
        return String.format("%08x", value.length())
                + ByteBufUtil.hexDump(Unpooled.wrappedBuffer(value.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void theBytesAreThoseOfTheProtocol() {
        Tablet tablet =
                Tablet.ofTable("t").tag("k").column("v", IotdbType.INT32).build();
        tablet.row(2).set("k", "b").set("v", 7);
        tablet.row(1).set("k", "ä");

        String values = "00000002" + "c3a4" + "00000001" + "62" + "00000000" + "00000007" + "00" + "01" + "01";
        String body = text("insertTablet") + "00000001" + field(12, 1) + field(10, 1) + "0000000000000005"
                + field(11, 2) + text("t") + field(15, 3) + "0b00000002" + text("k") + text("v")
                + field(11, 4) + String.format("%08x", values.length() / 2) + values
                + field(11, 5) + "00000010" + "0000000000000001" + "0000000000000002"
                + field(15, 6) + "0800000002" + "0000000b" + "00000001"
                + field(8, 7) + "00000002" + field(2, 8) + "00" + field(2, 9) + "01"
                + field(15, 10) + "0300000002" + "00" + "01" + "00" + "00";
        String message = "80010001" + body;
        assertThat(hex(tablet)).isEqualTo(String.format("%08x", message.length() / 2) + message);
    }

    @Test
    void whatIsWrittenIsReadBackWhateverTheTypesNullsAndOrder() {
        Random random = new Random(4711);
        for (int round = 0; round < 300; round++) {
            RandomTablet made = RandomTablet.of(random, random.nextInt(40) + 1, random.nextInt(6) + 1);
            try (TabletContent content = made.tablet().content()) {
                int most = random.nextBoolean() ? ANY_LENGTH : 1500 + random.nextInt(500);
                List<Object[]> read = new ArrayList<>();
                ThriftFormat format = random.nextBoolean() ? ThriftFormat.BINARY : ThriftFormat.COMPACT;
                for (InsertTablet request : InsertTablet.of(1, content, 0, most)) {
                    read.addAll(DecodedTablet.of(request, format).rows());
                }
                List<Object[]> expected = new ArrayList<>(made.rows());
                expected.sort(Comparator.comparingLong(row -> (Long) row[0]));
                assertThat(read).as("round %s", round).hasSameSizeAs(expected);
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(Arrays.deepEquals(read.get(i), expected.get(i)))
                            .as("round %s, row %s: %s", round, i, Arrays.deepToString(expected.get(i)))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void aTabletLongerThanAFrameIsSplitByRowsAndNoPartIsLonger() {
        Tablet tablet = Tablet.ofDevice("root.d").column("t", IotdbType.TEXT).build();
        for (int i = 0; i < 1000; i++) {
            tablet.row(i).set("t", "x".repeat(i % 300));
        }
        try (TabletContent content = tablet.content()) {
            List<InsertTablet> parts = InsertTablet.of(1, content, 0, 8192);
            assertThat(parts).hasSizeGreaterThan(20);
            int next = 0;
            for (InsertTablet part : parts) {
                assertThat(part.firstRow()).isEqualTo(next);
                next += part.rows();
                ByteBuf out = Unpooled.buffer();
                Calls.write(out, ThriftFormat.BINARY, 1, part);
                assertThat(out.readableBytes()).isLessThanOrEqualTo(8192);
            }
            assertThat(next).isEqualTo(1000);
        }
    }

    @Test
    void aSingleRowThatIsTooLongIsNamed() {
        Tablet tablet = Tablet.ofDevice("root.d").column("t", IotdbType.TEXT).build();
        tablet.row(5).set("t", "short");
        tablet.row(1).set("t", "short");
        tablet.row(3).set("t", "x".repeat(10_000));
        try (TabletContent content = tablet.content()) {
            assertThatThrownBy(() -> InsertTablet.of(1, content, 0, 8192))
                    .isInstanceOf(WeirException.class)
                    .hasMessageContaining("Row 2 of root.d")
                    .hasMessageContaining("8192")
                    .hasMessageContaining("maxRequestSize");
        }
    }
}
