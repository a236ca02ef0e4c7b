package io.weir.server.tdengine.ws;

import java.io.IOException;

/** The client broke the rules of WebSocket. */
final class ProtocolViolation extends IOException {

    private static final long serialVersionUID = 1;

    ProtocolViolation(String rule) {
        super(rule);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
