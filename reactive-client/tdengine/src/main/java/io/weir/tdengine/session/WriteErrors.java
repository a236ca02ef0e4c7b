package io.weir.tdengine.session;

import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.tdengine.type.ColumnBatch;
import io.weir.tdengine.type.TableBatch;
import java.util.List;
import java.util.stream.Collectors;

/** What failed rows have to tell: where they were to go, and which values may be the reason. */
public final class WriteErrors {

    private static final int MOST_NAMES = 5;
    /** The length that the server counts in front of each value. */
    private static final int HEAD = 2;

    private WriteErrors() {}

    /** The error of a write, with its tables. */
    public static WeirException naming(WeirException error, List<TableBatch> tables) {
        int rows = tables.stream().mapToInt(TableBatch::rows).sum();
        String names = tables.stream()
                .limit(MOST_NAMES)
                .map(table -> table.table() == null ? "" : "'" + table.table() + "'")
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
        String more = tables.size() > MOST_NAMES ? " and " + (tables.size() - MOST_NAMES) + " more" : "";
        StringBuilder text = new StringBuilder(String.valueOf(error.getMessage()));
        text.append(" While writing ").append(rows).append(rows == 1 ? " row" : " rows");
        if (!names.isEmpty()) {
            text.append(" to ").append(names).append(more);
        }
        text.append('.');
        if (error.sent() == Sent.ANSWERED) {
            appendLongValues(text, tables);
        }
        return error.toBuilder().message(text.toString()).build();
    }

    /** The server does not say which value it did not like. */
    private static void appendLongValues(StringBuilder text, List<TableBatch> tables) {
        for (TableBatch table : tables) {
            for (ColumnBatch column : table.columns()) {
                int row = tooLong(column);
                if (row >= 0) {
                    text.append(" Row ").append(row);
                    if (table.table() != null) {
                        text.append(" for '").append(table.table()).append('\'');
                    }
                    text.append(" has ")
                            .append(column.length(row))
                            .append(" bytes in ")
                            .append(column.field());
                    text.append(", which may be too long.");
                    return;
                }
            }
        }
    }

    private static int tooLong(ColumnBatch column) {
        int most = column.field().bytes() - HEAD;
        for (int row = 0; most > 0 && column.field().type().isVariable() && row < column.rows(); row++) {
            if (column.length(row) > most) {
                return row;
            }
        }
        return -1;
    }
}
