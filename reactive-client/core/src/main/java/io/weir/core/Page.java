package io.weir.core;

/**
 * A run of rows that arrived together, still in the bytes in which they came.
 *
 * <p>A page has one owner at a time: whoever receives it closes it, once he has read it. Closing twice is harmless;
 * reading after closing throws {@link IllegalStateException} and never touches recycled memory. A page is confined to
 * the thread that reads it.
 */
public non-sealed interface Page extends ResultPart, AutoCloseable {

    /** The columns, the same instance for every page of one result. */
    Columns columns();

    /** How many rows; may be zero. */
    int size();

    /**
     * Moves <em>the</em> view of this page to a row. The same view object is returned each time: what was obtained for
     * another row before shows this row now.
     *
     * @param index zero-based
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws IllegalStateException if the page is closed
     */
    RowView row(int index);

    /** Gives the bytes back. Idempotent. */
    @Override
    void close();
}
