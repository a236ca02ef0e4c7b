package io.weir.iotdb.session;

import io.netty.buffer.ByteBuf;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.iotdb.protocol.BlockLayout;
import io.weir.iotdb.protocol.TsBlockPage;
import java.util.ArrayDeque;
import java.util.List;

/**
 * What has arrived for a cursor and was not handed out yet: two replies at most, the one that is being read and one that
 * was fetched ahead. Confined to the wire's loop.
 */
final class Replies {

    private ArrayDeque<ResultPart> current = new ArrayDeque<>(4);
    private ArrayDeque<ResultPart> ahead = new ArrayDeque<>(4);
    private ArrayDeque<ResultPart> arriving = current;

    /** From here on, what is added belongs to the next reply. */
    void begin() {
        arriving = current.isEmpty() && ahead.isEmpty() ? current : ahead;
    }

    void add(ResultPart part) {
        arriving.add(part);
    }

    /** A page for each block; none for a reply without blocks. */
    void addPages(List<ByteBuf> blocks, BlockLayout layout) {
        for (ByteBuf block : blocks) {
            arriving.add(TsBlockPage.of(block, layout));
        }
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
