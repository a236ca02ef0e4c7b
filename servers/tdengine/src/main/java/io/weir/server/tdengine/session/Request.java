package io.weir.server.tdengine.session;

import java.nio.ByteBuffer;

/**
 * One message of a client, and the way to answer it.
 *
 * @param action the name that the answer echoes
 * @param resultOrStatement the second number of a binary message
 * @param body what follows the 24 bytes of a binary message's head
 * @param begun when it came, as System.nanoTime tells
 */
record Request(
        String action, long requestId, long resultOrStatement, Args args, ByteBuffer body, long begun, Outbox out) {

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
