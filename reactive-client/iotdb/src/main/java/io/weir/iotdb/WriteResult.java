package io.weir.iotdb;

import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of rows that were sent.
 *
 * @param rows how many the server has acknowledged without an objection
 * @param refusedRows how many it has not: it objected (and may have written single columns of them), or they were lost on
 *     the way, or not sent after something had gone wrong
 * @param rowsInDoubt how many of those may be there all the same: they were sent, and no answer came
 * @param refusals why, in the order in which they were sent; at most {@value #MOST_REFUSALS} are kept
 */
public record WriteResult(long rows, long refusedRows, long rowsInDoubt, List<Refusal> refusals) {

    /** Enough to see what is wrong, and a bound for a source that never ends. */
    static final int MOST_REFUSALS = 100;

    static final WriteResult NOTHING = new WriteResult(0, 0, 0, List.of());

    public WriteResult {
        refusals = List.copyOf(refusals);
    }

    /**
     * Rows of one request that were not acknowledged. Where the server objected, it tells its reason, but mostly not which
     * of the rows it means: it may have written some of them, or single columns (code 507 is about columns, 607 about rows
     * that are too old). {@code error.sent()} tells the cases apart: {@code ANSWERED} for an objection, {@code MAYBE} for rows
     * that may be there, {@code NO} for rows that never left.
     *
     * @param target the device or the table
     * @param tablet which one of those that were sent in one call, from 0; of records: 0
     * @param firstRow the first of these rows, as the tablet (or the list of records) counts them, from 0
     * @param rows how many
     * @param error the reason
     */
    public record Refusal(String target, int tablet, int firstRow, int rows, WeirException error) {

        @Override
        public String toString() {
            return target + ", " + (rows == 1 ? "row " + firstRow : "rows " + firstRow + " to " + (firstRow + rows - 1))
                    + (tablet == 0 ? "" : " of tablet " + tablet) + ": " + error.getMessage();
        }
    }

    static WriteResult written(long rows) {
        return new WriteResult(rows, 0, 0, List.of());
    }

    static WriteResult refused(Refusal refusal) {
        long inDoubt = refusal.error().sent() == Sent.MAYBE ? refusal.rows() : 0;
        return new WriteResult(0, refusal.rows(), inDoubt, List.of(refusal));
    }

    /** Whether every row was written. */
    public boolean isComplete() {
        return refusedRows == 0;
    }

    /** Whether anything was answered or may have been: then it is not as if nothing had been sent. */
    boolean hasEffect() {
        return rows > 0 || refusals.stream().anyMatch(refusal -> refusal.error().sent() != Sent.NO);
    }

    /** Both together. */
    WriteResult plus(WriteResult other) {
        List<Refusal> all = refusals;
        if (!other.refusals.isEmpty() && refusals.size() < MOST_REFUSALS) {
            all = new ArrayList<>(refusals);
            all.addAll(other.refusals.subList(0, Math.min(other.refusals.size(), MOST_REFUSALS - refusals.size())));
        }
        return new WriteResult(
                rows + other.rows, refusedRows + other.refusedRows, rowsInDoubt + other.rowsInDoubt, all);
    }
}
