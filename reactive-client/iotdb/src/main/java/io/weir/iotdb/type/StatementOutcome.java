package io.weir.iotdb.type;

import io.weir.core.WeirException;
import org.jspecify.annotations.Nullable;

/**
 * How one statement of a batch ended.
 *
 * @param index its place in the batch, from 0
 * @param error why the server refused it; null if it was done
 */
public record StatementOutcome(int index, @Nullable WeirException error) {

    public boolean isDone() {
        return error == null;
    }
}
