package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Batch;
import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.manner.Hint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A result that fails or dawdles on its way because a hint asked for it. */
final class HintedCursor implements Cursor {

    private final List<Column> columns;
    private final Cursor rows;
    private final long waitMillis;
    private final long failAfter;
    private long given;

    private HintedCursor(List<Column> columns, Cursor rows, long waitMillis, long failAfter) {
        this.columns = columns;
        this.rows = rows;
        this.waitMillis = waitMillis;
        this.failAfter = failAfter;
    }

    static Answer.Rows over(Answer.Rows rows, Hint hint, int usualBlock) {
        Cursor cursor = rows.cursor();
        int block = (int) hint.number("block", 0);
        if (block > 0 || usualBlock < Generated.BLOCK_ROWS) {
            cursor = new Rechunked(rows.columns(), cursor, block > 0 ? block : usualBlock);
        }
        if (hint.is("wait") || hint.is("fail")) {
            cursor = new HintedCursor(
                    rows.columns(), cursor, hint.number("wait", 0), hint.number("fail", Long.MAX_VALUE));
        }
        return new Answer.Rows(rows.columns(), rows.precision(), cursor);
    }

    @Override
    public @Nullable Batch next() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(waitMillis));
        if (given >= failAfter) {
            throw new TaosError(0x0018, "failed after " + given + " rows, as the statement asked");
        }
        Batch batch = rows.next();
        if (batch == null || given + batch.size() <= failAfter) {
            given += batch == null ? 0 : batch.size();
            return batch;
        }
        List<@Nullable Object[]> first = new ArrayList<>();
        for (int i = 0; given + i < failAfter; i++) {
            first.add(batch.row(i));
        }
        given = failAfter;
        return Batch.of(columns, first);
    }

    /** The same rows in batches of another size. */
    private static final class Rechunked implements Cursor {

        private final List<Column> columns;
        private final Cursor rows;
        private final int size;
        private @Nullable Batch current;
        private int at;

        Rechunked(List<Column> columns, Cursor rows, int size) {
            this.columns = columns;
            this.rows = rows;
            this.size = size;
        }

        @Override
        public @Nullable Batch next() {
            List<@Nullable Object[]> chunk = new ArrayList<>();
            while (chunk.size() < size) {
                Batch batch = current;
                if (batch == null || at >= batch.size()) {
                    batch = rows.next();
                    current = batch;
                    at = 0;
                    if (batch == null) {
                        break;
                    }
                }
                chunk.add(batch.row(at++));
            }
            return chunk.isEmpty() ? null : Batch.of(columns, chunk);
        }
    }
}
