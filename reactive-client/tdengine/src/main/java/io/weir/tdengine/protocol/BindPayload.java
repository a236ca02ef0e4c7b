package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.weir.tdengine.type.ColumnBatch;
import io.weir.tdengine.type.TableBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** What a bind carries: names of tables, their tags, their columns, each as a section of its own that may be missing. */
final class BindPayload {

    private static final int HEAD = 28;
    private static final int NAMES_AT = 16;
    private static final int TAGS_AT = 20;
    private static final int COLUMNS_AT = 24;
    private static final int LONGEST_NAME = 0xfffe;

    private BindPayload() {}

    static void write(ByteBuf out, List<TableBatch> tables) {
        int start = out.writerIndex();
        // Also makes sure that all columns of a table are of the same height.
        tables.forEach(TableBatch::rows);
        TableBatch first = tables.get(0);
        boolean hasTags = !first.tags().isEmpty();
        boolean hasColumns = !first.columns().isEmpty();
        out.writeIntLE(0);
        out.writeIntLE(tables.size());
        out.writeIntLE(first.tags().size());
        out.writeIntLE(first.columns().size());
        out.writeZero(HEAD - NAMES_AT);
        if (tables.stream().anyMatch(table -> table.table() != null)) {
            section(out, start, NAMES_AT);
            names(out, tables);
        }
        if (hasTags) {
            section(out, start, TAGS_AT);
            blocks(out, tables, TableBatch::tags);
        }
        if (hasColumns) {
            section(out, start, COLUMNS_AT);
            blocks(out, tables, TableBatch::columns);
        }
        out.setIntLE(start, out.writerIndex() - start);
    }

    private static void section(ByteBuf out, int start, int pointerAt) {
        out.setIntLE(start + pointerAt, out.writerIndex() - start);
    }

    private static void names(ByteBuf out, List<TableBatch> tables) {
        int lengthAt = out.writerIndex();
        out.writeZero(tables.size() * Short.BYTES);
        for (TableBatch table : tables) {
            byte[] name = name(table);
            out.setShortLE(lengthAt, name.length + 1);
            lengthAt += Short.BYTES;
            out.writeBytes(name).writeZero(1);
        }
    }

    private static byte[] name(TableBatch table) {
        byte[] name = table.table() == null ? new byte[0] : table.table().getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_NAME) {
            throw new IllegalArgumentException("A table's name has " + name.length + " bytes: 192 are possible");
        }
        return name;
    }

    private static void blocks(ByteBuf out, List<TableBatch> tables, Function<TableBatch, List<ColumnBatch>> columns) {
        int lengthAt = out.writerIndex();
        out.writeZero(tables.size() * Integer.BYTES);
        for (TableBatch table : tables) {
            int start = out.writerIndex();
            for (ColumnBatch column : columns.apply(table)) {
                ColumnBlock.write(out, column.field().type(), List.of(column), 1);
            }
            out.setIntLE(lengthAt, out.writerIndex() - start);
            lengthAt += Integer.BYTES;
        }
    }
}
