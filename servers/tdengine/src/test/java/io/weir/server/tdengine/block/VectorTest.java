package io.weir.server.tdengine.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the stand-in sends is, byte for byte, what real servers were recorded to send. */
class VectorTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] POINT = HEX.parseHex("010100000000000000000059400000000000005940");

    @Test
    void writesABlockOfSeventeenTypesLikeAServerOfOldWithoutASurplusByte() {
        List<Column> columns = List.of(
                Column.of("a", SqlType.TIMESTAMP),
                Column.of("b", SqlType.BOOL),
                Column.of("c", SqlType.TINYINT),
                Column.of("d", SqlType.SMALLINT),
                Column.of("e", SqlType.INT),
                Column.of("f", SqlType.BIGINT),
                Column.of("g", SqlType.UTINYINT),
                Column.of("h", SqlType.USMALLINT),
                Column.of("i", SqlType.UINT),
                Column.of("j", SqlType.UBIGINT),
                Column.of("k", SqlType.FLOAT),
                Column.of("l", SqlType.DOUBLE),
                Column.text("m", 20),
                new Column("n", ColumnType.of(SqlType.NCHAR, 20)),
                new Column("o", ColumnType.of(SqlType.VARBINARY, 30)),
                new Column("p", ColumnType.of(SqlType.GEOMETRY, 30)),
                Column.of("q", SqlType.JSON));
        Object[] first = {
            1660114960500L,
            true,
            2L,
            3L,
            4L,
            5L,
            6L,
            7L,
            8L,
            9L,
            10f,
            11d,
            "binary",
            "nchar",
            HEX.parseHex("746573745f76617262696e617279"),
            POINT,
            "{\"a\":1}"
        };
        Object[] second = new Object[columns.size()];
        second[0] = 1660114961500L;
        second[16] = "{\"a\":1}";

        byte[] block = BlockWriter.encode(columns, Arrays.asList(first, second), new BlockFormat(1, false));

        assertThat(HEX.formatHex(block))
                .isEqualTo("01000000a6010000020000001100000000000080000000000000000009080000"
                        + "00010100000002010000000302000000040400000005080000000b010000000c"
                        + "020000000d040000000e080000000604000000070800000008160000000a5200"
                        + "0000102000000014200000000f00400000100000000200000002000000040000"
                        + "0008000000100000000200000004000000080000001000000008000000100000"
                        + "0008000000160000001000000017000000120000000074009086820100005c04"
                        + "9086820100004001004002004003000000400400000000000000400500000000"
                        + "0000000000000000000000400600400700000040080000000000000040090000"
                        + "0000000000000000000000000040000020410000000040000000000000264000"
                        + "0000000000000000000000ffffffff060062696e61727900000000ffffffff14"
                        + "006e0000006300000068000000610000007200000000000000ffffffff0e0074"
                        + "6573745f76617262696e61727900000000ffffffff1500010100000000000000"
                        + "000059400000000000005940000000000900000007007b2261223a317d07007b"
                        + "2261223a317d");
    }

    @Test
    void writesDecimalsAndBlobsWithASurplusByte() {
        List<Column> columns = List.of(
                Column.of("a", SqlType.TIMESTAMP),
                new Column("b", ColumnType.decimal(20, 4)),
                new Column("c", ColumnType.decimal(10, 2)),
                new Column("d", ColumnType.of(SqlType.BLOB, 0)));
        Object[] first = {
            1660114960500L, new BigDecimal("123456789.1230"), new BigDecimal("-123.45"), HEX.parseHex("010203ddff")
        };
        Object[] second = {1660114961500L, null, null, null};
        Object[] third = {1660114962500L, new BigDecimal("-0.0001"), new BigDecimal("0.00"), new byte[0]};

        byte[] block = BlockWriter.encode(columns, Arrays.asList(first, second, third), BlockFormat.QUERY);

        assertThat(HEX.formatHex(block))
                .isEqualTo("01000000bd000000030000000400000000000080000000000000000009080000"
                        + "00110414001015020a000812040000001800000030000000180000000d000000"
                        + "0074009086820100005c049086820100004408908682010000401e09fb711f01"
                        + "0000000000000000000000000000000000000000000000000000ffffffffffff"
                        + "ffffffffffffffffffff40c7cfffffffffffff00000000000000000000000000"
                        + "00000000000000ffffffff0900000005000000010203ddff0000000000");
    }

    @Test
    void writesTheDataOfASubscription() {
        List<Column> columns = List.of(
                Column.of("ts", SqlType.TIMESTAMP),
                Column.of("c1", SqlType.BOOL),
                Column.of("c2", SqlType.TINYINT),
                Column.of("c3", SqlType.SMALLINT),
                Column.of("c4", SqlType.INT),
                Column.of("c5", SqlType.BIGINT),
                Column.of("c6", SqlType.UTINYINT),
                Column.of("c7", SqlType.USMALLINT),
                Column.of("c8", SqlType.UINT),
                Column.of("c9", SqlType.UBIGINT),
                Column.of("c10", SqlType.FLOAT),
                Column.of("c11", SqlType.DOUBLE),
                Column.text("c12", 20),
                new Column("c13", ColumnType.of(SqlType.NCHAR, 20)));
        Object[] row = {1713766021022L, true, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10.123f, 11.123d, "binary", "nchar"};

        byte[] data = SubscriptionData.encode(
                List.of(new SubscriptionData.Part("t_all", columns, List.<Object[]>of(row))), 0, 0, 4);

        assertThat(HEX.formatHex(data)).isEqualTo(RECORDED);
    }

    private static final String RECORDED = "6412000000110000000000000000110400000000000000010000000101920201"
            + "00000000000000000000000000000100000200000000010000010000000e0000"
            + "0000000080000000000000000009080000000101000000020100000003020000"
            + "00040400000005080000000b010000000c020000000d040000000e0800000006"
            + "04000000070800000008160000000a5200000008000000010000000100000002"
            + "0000000400000008000000010000000200000004000000080000000400000008"
            + "0000000800000016000000009e376a048f010000000100020003000004000000"
            + "0005000000000000000006000700000800000000090000000000000000cff721"
            + "4100e5d022dbf93e264000000000060062696e6172790000000014006e000000"
            + "63000000680000006100000072000000001c0009011002037473000101020403"
            + "633100020102060363320003010408036333000401080a036334000501100c03"
            + "6335000b01020e036336000c010410036337000d010812036338000e01101403"
            + "63390006010816046331300007011018046331310008012c1a04633132000a01"
            + "a4011c046331330006745f616c6c000000000000000000";

    @Test
    void growsWithoutLosingWhatIsWrittenAtTheEdge() {
        for (int before = 0; before < 40; before++) {
            byte[] bytes = new LittleEndian(0)
                    .zeros(before)
                    .i64(0x0102030405060708L)
                    .i32(0x0a0b0c0d)
                    .i16(0x0e0f)
                    .i8(0x11)
                    .toBytes();
            assertThat(HEX.formatHex(bytes, before, bytes.length)).isEqualTo("08070605040302010d0c0b0a0f0e11");
        }
    }

    @Test
    void generatedRowsAreTheSameAsObjectsAndAsBytes() {
        List<Column> columns = GeneratedBatch.columns(7);
        GeneratedBatch batch = new GeneratedBatch(columns, 4095, 9);
        List<Object[]> rows = IntStream.range(0, 9).mapToObj(batch::row).toList();

        assertThat(batch.encode(BlockFormat.QUERY)).isEqualTo(BlockWriter.encode(columns, rows, BlockFormat.QUERY));
        assertThat(rows.get(1))
                .containsExactly(
                        1_700_000_004_096L, 28_672L, 2048.0, true, "sensor-0004096", 1_700_000_004_096L, 28_672L);
    }
}
