package io.weir.r2dbc;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import org.jspecify.annotations.Nullable;

/**
 * What every exception of these drivers knows on top of its R2DBC class. Catch the R2DBC class, ask here for details:
 *
 * <pre>{@code
 * .onErrorResume(R2dbcException.class, e -> e instanceof WeirR2dbcException w && w.sent() == Sent.NO ? retry : give up)
 * }</pre>
 */
public interface WeirR2dbcException {

    /** What went wrong, in the words that decide what to do next. */
    ErrorKind kind();

    /** Host and port; null where none is involved. */
    @Nullable String endpoint();

    /** The connection's id, as log lines begin with it. */
    @Nullable String connectionId();

    /** Whether the request may have run; null where nothing was to be sent. */
    @Nullable Sent sent();

    /** The same details in the words of the client that the driver stands on. */
    WeirException error();
}
