package io.weir.server.tdengine.tmq;

import io.weir.server.tdengine.session.Args;
import io.weir.server.tdengine.session.Reply;

/** One message of a subscriber. */
record TmqRequest(String action, Args args, long begun) {

    long requestId() {
        return args.id("req_id");
    }

    long nanos() {
        return System.nanoTime() - begun;
    }

    Reply ok() {
        return Reply.ok(action, requestId(), nanos());
    }
}
