package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Batch;
import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.block.GeneratedBatch;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tables of any length that are never stored: {@code weir_gen.rows_1000000}, with another number of columns
 * {@code weir_gen.rows_1000000_c100} (5 unless told).
 */
record Generated(List<Column> columns, long rows) {

    static final String DATABASE = "weir_gen";
    static final int BLOCK_ROWS = 4096;
    private static final Pattern NAME = Pattern.compile("rows_([0-9]+)(?:_c([0-9]+))?");
    private static final int USUAL_COLUMNS = 5;

    static Generated of(String table) {
        Matcher name = NAME.matcher(table);
        if (!name.matches()) {
            throw TaosError.noTable(table);
        }
        int columns = name.group(2) == null ? USUAL_COLUMNS : Integer.parseInt(name.group(2));
        return new Generated(GeneratedBatch.columns(columns), Long.parseLong(name.group(1)));
    }

    /** Blocks made as they are asked for, without an object per row. */
    Cursor cursor(long offset, long limit) {
        long end = limit < rows - offset ? offset + limit : rows;
        return new Cursor() {
            private long at = offset;

            @Override
            public @Nullable Batch next() {
                int count = (int) Math.min(BLOCK_ROWS, end - at);
                if (count <= 0) {
                    return null;
                }
                Batch batch = new GeneratedBatch(columns, at, count);
                at += count;
                return batch;
            }
        };
    }

    Scan scan() {
        GeneratedBatch all = new GeneratedBatch(columns, 0, 0);
        return new Scan(columns, columns.size(), Precision.MILLIS, new Iterator<>() {
            private long at;

            @Override
            public boolean hasNext() {
                return at < rows;
            }

            @Override
            public @Nullable Object[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return all.values(at++);
            }
        });
    }
}
