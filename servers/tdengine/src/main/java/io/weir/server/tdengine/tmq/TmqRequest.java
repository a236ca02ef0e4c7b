package io.weir.server.tdengine.tmq;

import io.weir.server.tdengine.session.Args;
import io.weir.server.tdengine.session.Reply;

/** One message of a subscriber. */
record TmqRequest(String action, long requestId, Args args, long begun) {

    long nanos() {
        return System.nanoTime() - begun;
    }

    Reply ok() {
        return Reply.ok(action, requestId, nanos());
    }
}
