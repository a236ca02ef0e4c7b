package io.weir.tdengine.nativelib;

import com.sun.jna.Pointer;
import io.weir.core.WeirException;
import org.jspecify.annotations.Nullable;

/** How a cursor gets its result: by a query, or by a prepared statement's execution. On the loop. */
interface ResultOfCursor {

    /** Hears what has become of it, once. */
    interface Hears {

        /** A result, whose code is good. */
        void opened(Pointer result);

        void refused(WeirException error);
    }

    /** Asks, with a hold of the cursor's on the session. */
    void open(Hears cursor);

    /** Gives a result back, and tells when that is done. */
    void giveBack(@Nullable Pointer result, boolean readToItsEnd, Runnable done);
}
