package io.weir.core.page;

import io.weir.core.Columns;
import io.weir.core.Page;
import io.weir.core.RowView;
import org.jspecify.annotations.Nullable;

/**
 * The base of every system's page: bounds, the one view that moves, closing once. A system supplies the view and gives
 * the bytes back.
 */
public abstract class AbstractPage implements Page {

    private final PageShape shape;
    private final int size;
    private @Nullable AbstractRow view;
    private boolean closed;

    protected AbstractPage(PageShape shape, int size) {
        this.shape = shape;
        this.size = size;
    }

    /** Makes the view. Called once, when the first row is asked for. */
    protected abstract AbstractRow newView();

    /** Gives the bytes back. Called once. */
    protected abstract void release();

    @Override
    public final Columns columns() {
        return shape.columns();
    }

    @Override
    public final int size() {
        return size;
    }

    @Override
    public final RowView row(int index) {
        if (closed || index < 0 || index >= size) {
            throw noRow(index);
        }
        AbstractRow row = view;
        if (row == null) {
            row = newView();
            view = row;
        }
        row.moveTo(index);
        return row;
    }

    @Override
    public final void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (view != null) {
            view.close();
        }
        release();
    }

    private RuntimeException noRow(int index) {
        if (closed) {
            return new IllegalStateException(AbstractRow.CLOSED_TEXT);
        }
        return new IndexOutOfBoundsException("There is no row " + index + ": this page has " + size
                + (size == 0 ? "" : " (0 to " + (size - 1) + ")"));
    }

    @Override
    public String toString() {
        return (closed ? "closed page of " : "page of ") + size + " rows, columns " + columns();
    }
}
