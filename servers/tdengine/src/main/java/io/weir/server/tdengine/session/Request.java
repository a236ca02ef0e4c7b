package io.weir.server.tdengine.session;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One message of a client, and the way to answer it.
 *
 * @param action the name that the answer echoes
 * @param resultOrStatement the second number of a binary message
 * @param body what follows the 24 bytes of a binary message's head
 * @param refusal why it can not be understood; told only to who is logged in
 * @param begun when it came, as System.nanoTime tells
 */
record Request(
        String action,
        long requestId,
        long resultOrStatement,
        Args args,
        @Nullable String refusal,
        ByteBuffer body,
        long begun,
        Outbox out) {

    long nanos() {
        return System.nanoTime() - begun;
    }

    Reply ok() {
        return Reply.ok(action, requestId, nanos());
    }

    void send(Reply reply) {
        out.text(reply.json());
    }

    void fail(int code, String message) {
        send(Reply.error(code, message, action, requestId, nanos()));
    }
}
