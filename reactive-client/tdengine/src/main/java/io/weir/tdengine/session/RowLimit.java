package io.weir.tdengine.session;

/**
 * What is known of how many rows an adapter gives of one result at most. It hides the others without a sign: a result that
 * was cut has exactly so many rows, and one that is shorter than another that came is whole.
 */
final class RowLimit {

    /** A limit below is not looked for: nobody could work with it, and small results would have to be asked for twice. */
    static final long LEAST = 100;

    private final boolean looks;
    private long longest = LEAST - 1;
    private long found;

    /** @param told as {@link RestSettings#rowLimit} */
    RowLimit(long told) {
        this.looks = told == 0;
        this.found = Math.max(told, 0);
    }

    /** Whether a result of that length has been cut. */
    synchronized boolean cuts(long rows) {
        return found > 0 && rows == found;
    }

    /** Whether one has to find out more about a result of that length. */
    synchronized boolean suspects(long rows) {
        return looks && found == 0 && rows > LEAST - 1 && rows >= longest;
    }

    /** So many rows have come in one result. */
    synchronized void saw(long rows) {
        longest = Math.max(longest, rows);
    }

    /** There were more than these, and they did not come. */
    synchronized void found(long limit) {
        found = limit;
    }
}
