package io.weir.http.websocket;

/** Who deals with what comes. Called on the wire's event loop. */
interface Listener {

    /** A whole message. */
    void message(Incoming message);

    /** All that was read has been dealt with: the moment to write. */
    void readComplete();

    /** The socket takes more again. */
    void writable();

    /** The socket is gone. */
    void lost();
}
