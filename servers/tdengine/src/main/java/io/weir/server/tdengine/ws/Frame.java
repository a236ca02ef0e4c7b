package io.weir.server.tdengine.ws;

/**
 * One frame, or one whole message put together.
 *
 * @param last whether no continuation follows
 * @param compressed whether the payload is compressed
 */
@SuppressWarnings("ArrayRecordComponent") // It is passed on and never compared.
record Frame(int opcode, boolean last, boolean compressed, byte[] payload) {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    boolean isControl() {
        return opcode >= CLOSE;
    }
}
