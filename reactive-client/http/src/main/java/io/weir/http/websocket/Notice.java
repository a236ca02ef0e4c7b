package io.weir.http.websocket;

import io.weir.core.WeirException;
import io.weir.core.wire.WireLog;

/** Something that the server is told and never answers. If the wire ends before it leaves, it never does. */
public abstract non-sealed class Notice extends Outgoing {

    protected Notice(String operation, Form form) {
        super(operation, form);
    }

    @Override
    final void unwritten(WeirException why) {
        WireLog.LOG.warn("[{}] {}", why.connection(), why.getMessage());
    }
}
