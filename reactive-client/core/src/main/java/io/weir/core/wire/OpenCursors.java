package io.weir.core.wire;

import io.weir.core.WeirException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The cursors for which a server holds something: they hear of the end of their connection. Confined to its loop. */
public final class OpenCursors {

    private final Set<ReplyCursor> open = new HashSet<>();

    public void opened(ReplyCursor cursor) {
        open.add(cursor);
    }

    public void closed(ReplyCursor cursor) {
        open.remove(cursor);
    }

    /** The connection is gone. */
    public void lost(WeirException error) {
        // Who hears of it may be closed by that.
        List<ReplyCursor> all = List.copyOf(open);
        open.clear();
        all.forEach(cursor -> cursor.lost(error));
    }
}
