package io.weir.tdengine.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnBatchTest {

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "plain and ä", "ä and plain", "\u0000", "\u007f\u0080", "日本", "a\uD83D\uDE00b"})
    void aTextHasTheBytesOfUtf8WhateverStandsBesideIt(String text) {
        ColumnBatch column = ColumnBatch.of(StatementField.column("c", TdengineType.VARCHAR));
        column.addText("before").addText(text).addText("behind");

        assertThat(bytes(column.data())).isEqualTo(("before" + text + "behind").getBytes(StandardCharsets.UTF_8));
        assertThat(column.length(1)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        assertThat(column.lengths().remaining()).isEqualTo(3 * Integer.BYTES);
    }

    @Test
    void manyTextsKeepTheirLengths() {
        ColumnBatch column = ColumnBatch.of(StatementField.column("c", TdengineType.VARCHAR));
        for (int i = 0; i < 1000; i++) {
            column.addText("x".repeat(i % 37));
        }

        assertThat(column.rows()).isEqualTo(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(column.length(i)).isEqualTo(i % 37);
        }
    }

    @Test
    void nullsAreZeroAlsoWhereAValueWasTakenBack() {
        TableBatch batch = TableBatch.of(
                List.of(StatementField.column("a", TdengineType.BIGINT), StatementField.column("b", TdengineType.INT)));
        batch.row(1L, 2);
        assertThatThrownBy(() -> batch.row(-1L, "no number")).isInstanceOf(IllegalArgumentException.class);
        batch.row(null, null);
        batch.clear().row(null, 3);

        assertThat(bytes(batch.column(0).data())).isEqualTo(new byte[8]);
        assertThat(batch.column(0).isAllNull()).isTrue();
        assertThat(bytes(batch.column(1).data())).containsExactly(3, 0, 0, 0);
    }

    @Test
    void aClearedBatchIsAsNew() {
        List<StatementField> fields = List.of(
                StatementField.tag("t", TdengineType.INT),
                StatementField.column("a", TdengineType.VARCHAR),
                StatementField.column("b", TdengineType.DOUBLE));
        TableBatch batch =
                TableBatch.of(fields).table("t1").tags(1).row("first", null).row(null, 2.0);
        batch.clear();
        assertThat(batch.rows()).isZero();
        assertThat(batch.table()).isNull();
        assertThat(batch.tags().get(0).rows()).isZero();

        batch.tags(2).row("x", 1.5);
        TableBatch anew = TableBatch.of(fields).tags(2).row("x", 1.5);
        for (int i = 0; i < 2; i++) {
            assertThat(bytes(batch.column(i).data()))
                    .isEqualTo(bytes(anew.column(i).data()));
            assertThat(bytes(batch.column(i).nulls()))
                    .isEqualTo(bytes(anew.column(i).nulls()));
            assertThat(bytes(batch.column(i).lengths()))
                    .isEqualTo(bytes(anew.column(i).lengths()));
        }
    }
}
