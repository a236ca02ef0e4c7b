package io.weir.iotdb;

import io.weir.core.WeirException;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of rows that were sent.
 *
 * @param rows how many the server has acknowledged without an objection
 * @param refusedRows how many it has objected to; of some of them the server may have written single columns
 * @param refusals why, in the order in which they were sent; at most {@value #MOST_REFUSALS} are kept
 */
public record WriteResult(long rows, long refusedRows, List<Refusal> refusals) {

    /** Enough to see what is wrong, and a bound for a source that never ends. */
    static final int MOST_REFUSALS = 100;

    static final WriteResult NOTHING = new WriteResult(0, 0, List.of());

    public WriteResult {
        refusals = List.copyOf(refusals);
    }

    /**
     * Rows of one request to which the server objected. It tells its reason, but mostly not which of the rows it means: it
     * may have written some of them, or single columns (code 507 is about columns, 607 about rows that are too old).
     *
     * @param target the device or the table
     * @param tablet which one of those that were sent in one call, from 0; of records: 0
     * @param firstRow the first of these rows, as the tablet (or the list of records) counts them, from 0
     * @param rows how many
     * @param error the server's reason
     */
    public record Refusal(String target, int tablet, int firstRow, int rows, WeirException error) {

        @Override
        public String toString() {
            return target + ", " + (rows == 1 ? "row " + firstRow : "rows " + firstRow + " to " + (firstRow + rows - 1))
                    + (tablet == 0 ? "" : " of tablet " + tablet) + ": " + error.getMessage();
        }
    }

    static WriteResult written(long rows) {
        return new WriteResult(rows, 0, List.of());
    }

    static WriteResult refused(Refusal refusal) {
        return new WriteResult(0, refusal.rows(), List.of(refusal));
    }

    /** Whether every row was written. */
    public boolean isComplete() {
        return refusedRows == 0;
    }

    /** Both together. */
    WriteResult plus(WriteResult other) {
        List<Refusal> all = refusals;
        if (!other.refusals.isEmpty() && refusals.size() < MOST_REFUSALS) {
            all = new ArrayList<>(refusals);
            all.addAll(other.refusals.subList(0, Math.min(other.refusals.size(), MOST_REFUSALS - refusals.size())));
        }
        return new WriteResult(rows + other.rows, refusedRows + other.refusedRows, all);
    }
}
