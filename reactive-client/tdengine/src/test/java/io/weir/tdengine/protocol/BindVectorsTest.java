package io.weir.tdengine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.weir.core.TimePrecision;
import io.weir.tdengine.type.StatementField;
import io.weir.tdengine.type.StatementField.Role;
import io.weir.tdengine.type.TableBatch;
import io.weir.tdengine.type.TdengineType;
import io.weir.testkit.Hex;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What we bind has the bytes that the vendor's own clients send for the same values. */
class BindVectorsTest {

    /** One row of the table that the recorded example wrote to. */
    private static final List<StatementField> RECORDED = List.of(
            StatementField.column("ts", TdengineType.TIMESTAMP),
            StatementField.column("i", TdengineType.INT),
            StatementField.column("f", TdengineType.FLOAT),
            StatementField.column("v", TdengineType.VARCHAR),
            StatementField.column("n", TdengineType.NCHAR));

    private static final String RECORDED_COLUMNS = """
            1a000000 09000000 01000000 00 00 08000000 0068e5cf8b010000
            16000000 04000000 01000000 00 00 04000000 07000000
            16000000 06000000 01000000 00 00 04000000 00002040
            16000000 08000000 01000000 01 01 00000000 00000000
            19000000 0a000000 01000000 00 01 03000000 03000000 616263
            """;

    static Stream<Vectors> binds() {
        return Vectors.all().stream().filter(vector -> vector.payloadStart() >= 0);
    }

    @ParameterizedTest
    @MethodSource("binds")
    void theSameValuesAreTheSameBytes(Vectors vector) {
        byte[] payload = Arrays.copyOfRange(vector.bytes(), vector.payloadStart(), vector.bytes().length);
        List<TableBatch> tables = BindReader.read(payload);
        ByteBuf out = Unpooled.buffer();

        if (vector.payloadStart() == 0) {
            BindPayload.write(out, tables);
        } else {
            BinaryRequests.bind(out, 100, 200, tables);
        }

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(Hex.text(vector.bytes()));
    }

    @ParameterizedTest
    @MethodSource("binds")
    void theValuesAreThoseOfTheVector(Vectors vector) {
        List<TableBatch> tables =
                BindReader.read(Arrays.copyOfRange(vector.bytes(), vector.payloadStart(), vector.bytes().length));
        JsonNode meant = vector.meaning().path("tables");
        for (int t = 0; meant.isArray() && t < meant.size(); t++) {
            JsonNode name =
                    meant.path(t).isString() ? meant.path(t) : meant.path(t).path("name");
            // In brackets stands a remark.
            if (name.isString() && !name.stringValue().startsWith("(")) {
                assertThat(tables.get(t).table()).isEqualTo(name.stringValue());
            }
            JsonNode columns = meant.path(t).path("columns");
            if (columns.isArray()) {
                assertThat(tables.get(t).columns()).hasSize(columns.size());
                assertThat(tables.get(t).rows()).isEqualTo(columns.path(0).size());
            }
        }
        assertThat(tables).isNotEmpty();
    }

    @Test
    void aRowIsBoundAsTheOfficialClientWasSeenToDoIt() {
        ByteBuf out = Unpooled.buffer();
        TableBatch row = TableBatch.of(RECORDED).row(1700000000000L, 7, 2.5f, null, "abc");

        BinaryRequests.bind(out, 0x6fb17de500000001L, 2, List.of(row));

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(Hex.text(Hex.bytes("""
                010000 00e57db16f 0200000000000000 0900000000000000 0100 ffffffff
                95000000 01000000 00000000 05000000 00000000 00000000 1c000000
                75000000
                """ + RECORDED_COLUMNS)));
    }

    @Test
    void aRowThatIsBoundAndRunAtOnceAsTheOfficialClientWasSeenToDoIt() {
        ByteBuf out = Unpooled.buffer();
        TableBatch row = TableBatch.of(RECORDED).row(1700000000000L, 7, 2.5f, null, "abc");

        BinaryRequests.bindAndExecute(out, 0x77fe1f7defd0000dL, 2, RECORDED, List.of(row));

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(Hex.text(Hex.bytes("""
                0d00d0ef7d1ffe77 0200000000000000 0b00000000000000 0100
                89000000 01000000 01000000 05000000 14000000
                """ + RECORDED_COLUMNS)));
    }

    @Test
    void rowsOfSeveralTablesBecomeOneColumnEach() {
        List<StatementField> fields = List.of(
                new StatementField(
                        "tbname", TdengineType.VARCHAR, TimePrecision.MILLISECONDS, 0, 0, 0, Role.TABLE_NAME),
                StatementField.tag("site", TdengineType.VARCHAR),
                StatementField.column("ts", TdengineType.TIMESTAMP),
                StatementField.column("v", TdengineType.INT));
        TableBatch first =
                TableBatch.of(fields).table("d1").tags("north").row(1L, 10).row(2L, null);
        TableBatch second =
                TableBatch.of(fields).table("d22").tags((Object) null).row(3L, 30);
        ByteBuf out = Unpooled.buffer();

        RowsPayload.write(out, fields, List.of(first, second));

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(Hex.text(Hex.bytes("""
                b1000000 03000000 02000000 04000000 14000000
                27000000 08000000 03000000 000000 01 020000000200000003000000 07000000 6431 6431 643232
                2a000000 08000000 03000000 000001 01 050000000500000000000000 0a000000 6e6f727468 6e6f727468
                2c000000 09000000 03000000 000000 00 18000000 0100000000000000 0200000000000000 0300000000000000
                20000000 04000000 03000000 000100 00 0c000000 0a000000 00000000 1e000000
                """)));
    }

    @Test
    void aQueryAndAFetchAsTheOfficialClientWasSeenToAskThem() {
        ByteBuf out = Unpooled.buffer();
        BinaryRequests.query(out, 0x6fb11f7de5000002L, "SHOW CLUSTER ALIVE");
        assertThat(ByteBufUtil.hexDump(out))
                .isEqualTo(
                        Hex.text(
                                Hex.bytes(
                                        "020000e57d1fb16f 0000000000000000 0600000000000000 0100 12000000 53484f5720434c555354455220414c495645")));
        out.clear();
        BinaryRequests.fetch(out, 0x6fb11f7de5000002L, 1);
        assertThat(ByteBufUtil.hexDump(out))
                .isEqualTo(Hex.text(Hex.bytes("020000e57d1fb16f 0100000000000000 0700000000000000 0100")));
    }

    @Test
    void aValueThatDoesNotFitIsRefusedWithItsRowAndColumnAndTheRowIsNotThere() {
        List<StatementField> fields = List.of(
                StatementField.column("ts", TdengineType.TIMESTAMP),
                new StatementField("v", TdengineType.VARCHAR, TimePrecision.MILLISECONDS, 0, 0, 6, Role.COLUMN),
                StatementField.column("t", TdengineType.TINYINT));
        TableBatch batch = TableBatch.of(fields).row(1L, "abc", 1);

        assertThatThrownBy(() -> batch.row(2L, "abcdefg", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Row 1, column 'v' (VARCHAR)")
                .hasMessageContaining("7 bytes");
        assertThatThrownBy(() -> batch.row(2L, "abc", 200))
                .hasMessageContaining("Row 1, column 't' (TINYINT)")
                .hasMessageContaining("200 is not between -128 and 127");
        assertThatThrownBy(() -> batch.row(2L, 5, 2))
                .hasMessageContaining("java.lang.Long")
                .hasMessageContaining("possible are String");
        assertThatThrownBy(() -> batch.row(2L, "abc")).hasMessageContaining("2 values were given");
        assertThat(batch.rows()).isEqualTo(1);
        batch.row(2L, null, null);

        List<TableBatch> read = BindReader.read(payloadOf(batch));
        assertThat(read.get(0).rows()).isEqualTo(2);
        assertThat(read.get(0).column(1).isNull(1)).isTrue();
    }

    @Test
    void columnsOfDifferentHeightsAreRefused() {
        TableBatch batch = TableBatch.of(RECORDED.subList(0, 2));
        batch.column(0).addLongs(1, 2);
        batch.column(1).addInts(7);
        assertThatThrownBy(() -> BindPayload.write(Unpooled.buffer(), List.of(batch)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 values for 'ts'")
                .hasMessageContaining("1 for 'i'");
    }

    private static byte[] payloadOf(TableBatch batch) {
        ByteBuf out = Unpooled.buffer();
        BindPayload.write(out, List.of(batch));
        return ByteBufUtil.getBytes(out);
    }
}
