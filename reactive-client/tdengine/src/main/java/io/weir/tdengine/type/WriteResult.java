package io.weir.tdengine.type;

import io.weir.core.WeirException;
import org.jspecify.annotations.Nullable;

/**
 * How the write of one batch ended.
 *
 * @param batch what was to be written
 * @param rows how many rows the server has counted; 0 after an error
 * @param error null: it was written. Else {@link WeirException#sent()} says whether rows may be there all the same
 */
public record WriteResult(
        TableBatch batch, long rows, @Nullable WeirException error) {

    /** Whether it was written. */
    public boolean isWritten() {
        return error == null;
    }
}
