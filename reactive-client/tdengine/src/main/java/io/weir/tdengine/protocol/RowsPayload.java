package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.weir.tdengine.type.ColumnBatch;
import io.weir.tdengine.type.StatementField;
import io.weir.tdengine.type.TableBatch;
import io.weir.tdengine.type.TdengineType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a bind that runs at once carries: every placeholder, the table's name and its tags included, as a column with a
 * value for each row.
 */
final class RowsPayload {

    private static final int HEAD = 20;

    private RowsPayload() {}

    static void write(ByteBuf out, List<StatementField> fields, List<TableBatch> tables) {
        int[] rows = tables.stream().mapToInt(TableBatch::rows).toArray();
        int[] once = new int[rows.length];
        Arrays.fill(once, 1);
        int total = 0;
        for (int count : rows) {
            total = Math.addExact(total, count);
        }
        List<Part> parts = parts(fields, tables, rows, once);
        long size = HEAD;
        for (Part part : parts) {
            size += ColumnBlock.size(part.batches(), part.times());
        }
        ByteBuffer bytes = Room.in(out, size);
        bytes.putInt(0);
        bytes.putInt(total);
        bytes.putInt(runs(tables));
        bytes.putInt(fields.size());
        bytes.putInt(HEAD);
        for (Part part : parts) {
            ColumnBlock.write(bytes, part.type(), part.batches(), part.times());
        }
        bytes.putInt(0, bytes.position());
        Room.taken(out, bytes);
    }

    /** A field's values: those of all tables, each as often as it has to be written. */
    @SuppressWarnings("ArrayRecordComponent") // It is passed on and never compared.
    private record Part(TdengineType type, List<ColumnBatch> batches, int[] times) {}

    private static List<Part> parts(List<StatementField> fields, List<TableBatch> tables, int[] rows, int[] once) {
        List<Part> parts = new ArrayList<>(fields.size());
        int tag = 0;
        int column = 0;
        for (StatementField field : fields) {
            parts.add(
                    switch (field.role()) {
                        case TABLE_NAME -> new Part(TdengineType.VARCHAR, names(field, tables), rows);
                        case TAG -> new Part(field.type(), tags(tables, tag++), rows);
                        case COLUMN, QUERY -> new Part(field.type(), columns(tables, column++), once);
                    });
        }
        return parts;
    }

    /** How many runs of rows for the same table there are. */
    private static int runs(List<TableBatch> tables) {
        int runs = 0;
        String last = null;
        for (TableBatch table : tables) {
            if (runs == 0 || !Objects.equals(last, table.table())) {
                runs++;
            }
            last = table.table();
        }
        return runs;
    }

    private static List<ColumnBatch> names(StatementField field, List<TableBatch> tables) {
        List<ColumnBatch> names = new ArrayList<>(tables.size());
        for (TableBatch table : tables) {
            StatementField name = StatementField.column(field.name(), TdengineType.VARCHAR);
            names.add(ColumnBatch.of(name).add(table.table()));
        }
        return names;
    }

    private static List<ColumnBatch> tags(List<TableBatch> tables, int index) {
        return tables.stream().map(table -> table.tags().get(index)).toList();
    }

    private static List<ColumnBatch> columns(List<TableBatch> tables, int index) {
        return tables.stream().map(table -> table.columns().get(index)).toList();
    }
}
