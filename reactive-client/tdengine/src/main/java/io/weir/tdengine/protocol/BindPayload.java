package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.weir.tdengine.type.ColumnBatch;
import io.weir.tdengine.type.TableBatch;
import java.nio.ByteBuffer;
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

    static void write(ByteBuf message, List<TableBatch> tables) {
        // Also makes sure that all columns of a table are of the same height.
        tables.forEach(TableBatch::rows);
        TableBatch first = tables.get(0);
        List<byte[]> names = tables.stream().anyMatch(table -> table.table() != null)
                ? tables.stream().map(BindPayload::name).toList()
                : List.of();
        ByteBuffer out = Room.in(message, size(tables, names));
        out.putInt(0);
        out.putInt(tables.size());
        out.putInt(first.tags().size());
        out.putInt(first.columns().size());
        out.putInt(NAMES_AT, 0).putInt(TAGS_AT, 0).putInt(COLUMNS_AT, 0).position(HEAD);
        if (!names.isEmpty()) {
            section(out, NAMES_AT);
            names(out, names);
        }
        if (!first.tags().isEmpty()) {
            section(out, TAGS_AT);
            blocks(out, tables, TableBatch::tags);
        }
        if (!first.columns().isEmpty()) {
            section(out, COLUMNS_AT);
            blocks(out, tables, TableBatch::columns);
        }
        out.putInt(0, out.position());
        Room.taken(message, out);
    }

    private static long size(List<TableBatch> tables, List<byte[]> names) {
        long size = HEAD;
        for (byte[] name : names) {
            size += Short.BYTES + name.length + 1;
        }
        for (TableBatch table : tables) {
            size += 2 * Integer.BYTES;
            for (ColumnBatch tag : table.tags()) {
                size += ColumnBlock.size(tag);
            }
            for (ColumnBatch column : table.columns()) {
                size += ColumnBlock.size(column);
            }
        }
        return size;
    }

    private static void section(ByteBuffer out, int pointerAt) {
        out.putInt(pointerAt, out.position());
    }

    private static void names(ByteBuffer out, List<byte[]> names) {
        for (byte[] name : names) {
            out.putShort((short) (name.length + 1));
        }
        for (byte[] name : names) {
            out.put(name).put((byte) 0);
        }
    }

    private static byte[] name(TableBatch table) {
        byte[] name = table.table() == null ? new byte[0] : table.table().getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_NAME) {
            throw new IllegalArgumentException("A table's name has " + name.length + " bytes: 192 are possible");
        }
        return name;
    }

    private static void blocks(
            ByteBuffer out, List<TableBatch> tables, Function<TableBatch, List<ColumnBatch>> columns) {
        int lengthAt = out.position();
        out.position(lengthAt + tables.size() * Integer.BYTES);
        for (TableBatch table : tables) {
            int start = out.position();
            for (ColumnBatch column : columns.apply(table)) {
                ColumnBlock.write(out, column);
            }
            out.putInt(lengthAt, out.position() - start);
            lengthAt += Integer.BYTES;
        }
    }
}
