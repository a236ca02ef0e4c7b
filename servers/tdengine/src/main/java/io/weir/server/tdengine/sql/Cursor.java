package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Batch;
import org.jspecify.annotations.Nullable;

/** Where a reader stands in a result. */
public interface Cursor {

    /** The next rows, null at the end. Throws {@link TaosError} where the query fails on its way. */
    @Nullable Batch next();
}
