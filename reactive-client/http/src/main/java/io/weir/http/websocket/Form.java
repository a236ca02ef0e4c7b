package io.weir.http.websocket;

/** The two kinds of message. */
public enum Form {
    TEXT,
    BINARY
}
