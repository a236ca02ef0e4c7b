package io.weir.iotdb;

/**
 * The cause of the error with which a write ends when the server has refused rows: it tells which ones, and how many were
 * written all the same.
 */
public final class IncompleteWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient WriteResult result;

    IncompleteWriteException(WriteResult result) {
        super(result.rows() + " rows were written, " + result.refusedRows() + " were refused: "
                + result.refusals().stream().limit(3).map(Object::toString).toList());
        this.result = result;
    }

    /** What was written, and what was refused. */
    public WriteResult result() {
        return result;
    }
}
