package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.weir.tdengine.type.ColumnBatch;
import io.weir.tdengine.type.StatementField;
import io.weir.tdengine.type.TableBatch;
import io.weir.tdengine.type.TdengineType;
import java.util.ArrayList;
import java.util.List;

/**
 * What a bind that runs at once carries: every placeholder, the table's name and its tags included, as a column with a
 * value for each row.
 */
final class RowsPayload {

    private static final int HEAD = 20;

    private RowsPayload() {}

    static void write(ByteBuf out, List<StatementField> fields, List<TableBatch> tables) {
        int start = out.writerIndex();
        int[] rows = tables.stream().mapToInt(TableBatch::rows).toArray();
        int[] once = new int[rows.length];
        java.util.Arrays.fill(once, 1);
        int total = 0;
        for (int count : rows) {
            total = Math.addExact(total, count);
        }
        out.writeIntLE(0);
        out.writeIntLE(total);
        out.writeIntLE(runs(tables));
        out.writeIntLE(fields.size());
        out.writeIntLE(HEAD);
        int tag = 0;
        int column = 0;
        for (StatementField field : fields) {
            switch (field.role()) {
                case TABLE_NAME -> ColumnBlock.write(out, TdengineType.VARCHAR, names(field, tables), rows);
                case TAG -> ColumnBlock.write(out, field.type(), tags(tables, tag++), rows);
                case COLUMN, QUERY -> ColumnBlock.write(out, field.type(), columns(tables, column++), once);
            }
        }
        out.setIntLE(start, out.writerIndex() - start);
    }

    /** How many runs of rows for the same table there are. */
    private static int runs(List<TableBatch> tables) {
        int runs = 0;
        String last = null;
        for (TableBatch table : tables) {
            if (runs == 0 || !java.util.Objects.equals(last, table.table())) {
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
