package io.weir.core.wire;

import io.weir.core.Page;
import io.weir.core.ResultPart;
import java.util.ArrayDeque;
import java.util.List;

/**
 * What has arrived for a cursor and was not handed out yet: two replies at most, the one that is being read and one that
 * was fetched ahead. Confined to the wire's loop.
 */
public final class Replies {

    private ArrayDeque<ResultPart> current = new ArrayDeque<>(4);
    private ArrayDeque<ResultPart> ahead = new ArrayDeque<>(4);
    private ArrayDeque<ResultPart> arriving = current;

    /** From here on, what is added belongs to the next reply. */
    public void begin() {
        arriving = current.isEmpty() && ahead.isEmpty() ? current : ahead;
    }

    public void add(ResultPart part) {
        arriving.add(part);
    }

    /** Whether a reply waits behind the one that is being read. */
    boolean hasOneAhead() {
        return !ahead.isEmpty();
    }

    /** Turns to the reply that was fetched ahead, if the current one is read. */
    void turn() {
        if (current.isEmpty() && !ahead.isEmpty()) {
            ArrayDeque<ResultPart> read = current;
            current = ahead;
            ahead = read;
        }
    }

    boolean isRead() {
        return current.isEmpty();
    }

    ResultPart next() {
        return current.remove();
    }

    /** Releases what nobody will read. */
    void discard() {
        for (ArrayDeque<ResultPart> parts : List.of(current, ahead)) {
            for (ResultPart part = parts.poll(); part != null; part = parts.poll()) {
                if (part instanceof Page page) {
                    page.close();
                }
            }
        }
    }
}
