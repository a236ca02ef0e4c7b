package io.weir.iotdb.chaos;

/** Rows of one caller that were sent together: times from the first, one step apart. */
final class Write {

    /** What the caller knows of them. */
    enum Fate {
        /** No answer yet. */
        UNDER_WAY,
        /** The server said that they are written. */
        ACKNOWLEDGED,
        /** The client or the server said that they are not written. */
        NOT_WRITTEN,
        /** The client said that they may be written: the request had left, and no answer came. */
        MAYBE
    }

    private final long first;
    private final int rows;
    private Fate fate = Fate.UNDER_WAY;

    Write(long first, int rows) {
        this.first = first;
        this.rows = rows;
    }

    long first() {
        return first;
    }

    /** The time behind the last row. */
    long end() {
        return first + rows;
    }

    int rows() {
        return rows;
    }

    Fate fate() {
        return fate;
    }

    void became(Fate known) {
        fate = known;
    }

    @Override
    public String toString() {
        return rows + " rows from " + first + " (" + fate + ")";
    }
}
