package io.weir.tdengine.session;

import io.netty.buffer.ByteBuf;
import io.weir.http.websocket.Form;
import io.weir.http.websocket.Notice;
import io.weir.tdengine.protocol.JsonRequest;

/** What the server is told and does not answer. */
final class Told extends Notice {

    private final JsonRequest request;

    private Told(JsonRequest request) {
        super(request.action(), Form.TEXT);
        this.request = request;
    }

    /** A result will not be read to its end. */
    static Told freeResult(long resultId) {
        return new Told(JsonRequest.freeResult(resultId));
    }

    @Override
    protected void encode(ByteBuf out) {
        request.write(out, 0);
    }
}
