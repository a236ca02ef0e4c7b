package io.weir.tdengine;

/** The way to the server; in a URL it stands behind the system: {@code tdengine:native://h:6030/db}. */
public enum TdengineProtocol {
    /** The WebSocket of the adapter. */
    WEBSOCKET,
    /** The vendor's C library, which {@code weir-tdengine-native} brings the way to. */
    NATIVE
}
