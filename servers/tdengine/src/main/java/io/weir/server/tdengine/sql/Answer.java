package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Batch;
import io.weir.server.tdengine.block.Column;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement gives. */
public sealed interface Answer {

    /** Rows that were written or removed. */
    record Update(int affected) implements Answer {}

    /** Columns, and a cursor over the rows. */
    record Rows(List<Column> columns, Precision precision, Cursor cursor) implements Answer {

        static Rows of(List<Column> columns, Precision precision, Iterator<@Nullable Object[]> rows, int perBatch) {
            return new Rows(columns, precision, () -> {
                List<@Nullable Object[]> batch = new ArrayList<>();
                while (rows.hasNext() && batch.size() < perBatch) {
                    batch.add(rows.next());
                }
                return batch.isEmpty() ? null : Batch.of(columns, batch);
            });
        }

        /** All rows at once: for sub-queries and tests. */
        public List<@Nullable Object[]> all() {
            List<@Nullable Object[]> all = new ArrayList<>();
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int i = 0; i < batch.size(); i++) {
                    all.add(batch.row(i));
                }
            }
            return all;
        }
    }
}
