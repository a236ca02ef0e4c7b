package io.weir.iotdb;

import org.jspecify.annotations.Nullable;

/**
 * The cause of the error with which a write ends when not every row was written: it tells which ones were not, and how many
 * were.
 */
public final class IncompleteWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient WriteResult result;

    IncompleteWriteException(WriteResult result, @Nullable Throwable cause) {
        super(text(result), cause);
        this.result = result;
    }

    private static String text(WriteResult result) {
        return result.rows() + " rows were written, " + result.refusedRows() + " were not or not for sure"
                + (result.rowsInDoubt() == 0 ? "" : " (" + result.rowsInDoubt() + " were sent and not answered)") + ": "
                + result.refusals().stream().limit(3).map(Object::toString).toList();
    }

    /** What was written, and what was refused. */
    public WriteResult result() {
        return result;
    }
}
