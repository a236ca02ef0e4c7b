package io.weir.core.page;

import io.weir.core.Columns;
import io.weir.core.Page;
import io.weir.core.RowView;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One row as an object of its own: it moves the page's view to its row for each read, so that it shows the same row
 * however far others have moved on. Once it has expired, or its page is closed, every reader throws
 * {@link IllegalStateException}.
 *
 * <p>Reading and expiring exclude each other: a publisher that still reads on its own thread while a cancel closes the
 * page on another gets the value or that exception, and never bytes that belong to somebody else by then.
 */
public final class RowObject implements RowView {

    private final Page page;
    private final int index;
    private boolean expired;

    /**
     * A row of a page.
     *
     * @param index zero-based
     */
    public RowObject(Page page, int index) {
        this.page = page;
        this.index = index;
    }

    /** Whoever was lent this row has had it: from now on every reader throws. */
    public synchronized void expire() {
        expired = true;
    }

    /* Called with the lock held. */
    private RowView here() {
        if (expired) {
            throw new IllegalStateException(
                    "This row is over: it was lent to a function (map) until that returned, or"
                            + " (flatMap) until the publisher that it made ended; take the values that you need out of it there");
        }
        return page.row(index);
    }

    @Override
    public Columns columns() {
        return page.columns();
    }

    @Override
    public synchronized boolean isNull(int column) {
        return here().isNull(column);
    }

    @Override
    public synchronized long getLong(int column) {
        return here().getLong(column);
    }

    @Override
    public synchronized double getDouble(int column) {
        return here().getDouble(column);
    }

    @Override
    public synchronized boolean getBoolean(int column) {
        return here().getBoolean(column);
    }

    @Override
    public synchronized @Nullable String getString(int column) {
        return here().getString(column);
    }

    @Override
    public synchronized @Nullable ByteBuffer slice(int column) {
        return here().slice(column);
    }

    @Override
    public synchronized <T> @Nullable T get(int column, Class<T> type) {
        return here().get(column, type);
    }

    @Override
    public synchronized String toString() {
        return (expired ? "expired row " : "row ") + index + " of " + page;
    }
}
