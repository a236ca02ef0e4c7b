package io.weir.server.tdengine.session;

import io.weir.server.tdengine.block.Batch;
import io.weir.server.tdengine.block.BlockFormat;
import io.weir.server.tdengine.manner.Hint;
import io.weir.server.tdengine.sql.Answer;
import io.weir.server.tdengine.sql.TaosError;
import org.jspecify.annotations.Nullable;

/** A result that a client reads block by block. */
final class OpenResult {

    private final long id;
    private final Answer.Rows rows;
    private final Hint hint;
    private final Runnable onFree;
    private @Nullable Batch current;
    private byte @Nullable [] lastBlock;
    private int asked;
    private boolean freed;

    OpenResult(long id, Answer.Rows rows, Hint hint, Runnable onFree) {
        this.id = id;
        this.rows = rows;
        this.hint = hint;
        this.onFree = onFree;
    }

    long id() {
        return id;
    }

    Answer.Rows rows() {
        return rows;
    }

    Hint hint() {
        return hint;
    }

    /** A fetch was taken from the socket. True if an earlier one is not yet answered. */
    synchronized boolean announce() {
        asked++;
        return asked > 1;
    }

    synchronized void answered() {
        asked--;
    }

    /**
     * The next block, null at the end. Where fetches overlap, blocks get lost and others come twice, for the real
     * adapter has one buffer per result.
     */
    synchronized byte @Nullable [] nextBlock(BlockFormat format) {
        if (freed) {
            throw TaosError.adapter("result is nil");
        }
        Batch batch = rows.cursor().next();
        if (batch == null) {
            return null;
        }
        byte[] block = batch.encode(format);
        byte[] before = lastBlock;
        lastBlock = block;
        return asked > 1 && before != null ? before : block;
    }

    /** The old way: advances, and leaves the block to be fetched. */
    synchronized @Nullable Batch advance() {
        current = rows.cursor().next();
        return current;
    }

    synchronized @Nullable Batch current() {
        return current;
    }

    void free() {
        synchronized (this) {
            if (freed) {
                return;
            }
            freed = true;
        }
        onFree.run();
    }
}
