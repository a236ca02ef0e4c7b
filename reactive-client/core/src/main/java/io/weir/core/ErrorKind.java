package io.weir.core;

/** What went wrong, in the words that decide what to do next. */
public enum ErrorKind {
    /** No connection came about: unknown host, closed port, another protocol, a failed TLS handshake. */
    CONNECT,
    /** Wrong user or password, expired token. */
    AUTH,
    /** Known user, not allowed. */
    PERMISSION,
    /** A limit of time ran out. */
    TIMEOUT,
    /** The statement or its arguments are wrong: fix them. */
    BAD_REQUEST,
    /** A constraint of the data was violated. */
    CONSTRAINT,
    /** Deadlock or write conflict: repeat the transaction. */
    CONFLICT,
    /** Too much at once; later it may work. */
    OVERLOAD,
    /** The other side does not speak the protocol as agreed. */
    PROTOCOL,
    /** The connection is gone. */
    CLOSED,
    /** The store can not do this. */
    UNSUPPORTED,
    /** The store failed for reasons of its own. */
    SERVER
}
