package io.weir.core.page;

import io.weir.core.Page;
import io.weir.core.RowView;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The page that a {@link RowsLoop} is reading: how far it has come, and which row it has lent. Only used inside the loop. */
final class PageAtHand {

    private final boolean objects;
    private @Nullable Page page;
    private @Nullable RowObject lent;
    private int index;
    private int size;

    /** {@code objects}: lend an object per row, instead of the page's moving view. */
    PageAtHand(boolean objects) {
        this.objects = objects;
    }

    void take(Page taken) {
        page = taken;
        index = 0;
        size = taken.size();
    }

    boolean isThere() {
        return page != null;
    }

    /** Whether a row is left. */
    boolean hasNext() {
        return index < size;
    }

    /** Lends the next row; the one before expires. */
    RowView next() {
        Page open = Objects.requireNonNull(page);
        int row = index++;
        if (!objects) {
            return open.row(row);
        }
        expire();
        RowObject object = new RowObject(open, row);
        lent = object;
        return object;
    }

    /** Takes back the row that was lent. */
    void expire() {
        if (lent != null) {
            lent.expire();
            lent = null;
        }
    }

    /** The position of the row that was lent last. */
    int last() {
        return index - 1;
    }

    /** The page, if there is one, for the caller to close; its rows have expired. */
    @Nullable Page giveBack() {
        expire();
        Page was = page;
        page = null;
        return was;
    }
}
