package io.weir.tdengine;

/** The way to the server; in a URL it stands behind the system: {@code tdengine:native://h:6030/db}. */
public enum TdengineProtocol {
    /** The WebSocket of the adapter: what to use unless something on the way does not let it through. */
    WEBSOCKET,
    /** An HTTP call to the adapter for each statement, and JSON: no sessions, no subscriptions. */
    REST,
    /** The vendor's C library, which {@code weir-tdengine-native} brings the way to. */
    NATIVE
}
