package io.weir.core;

import java.time.Duration;

/**
 * The one seam for metrics and tracing. Called on event loops: implementations return at once and never throw.
 *
 * <p>{@code system} is a short name such as {@code iotdb}; {@code endpoint} is host and port.
 */
public interface ClientEvents {

    /** Listens to nothing. */
    ClientEvents NONE = new ClientEvents() {};

    /** TCP, TLS and login are done. */
    default void connected(String system, String endpoint, Duration took) {}

    /** No connection came about. */
    default void connectFailed(String system, String endpoint, Duration took, ErrorKind kind) {}

    /** A connection has ended; {@code lost} if nobody had asked for it. */
    default void disconnected(String system, String endpoint, boolean lost) {}

    /** A request was answered, the last part of the answer included. */
    default void exchanged(String system, String endpoint, String operation, Duration took) {}

    /** A request failed. */
    default void exchangeFailed(String system, String endpoint, String operation, Duration took, ErrorKind kind) {}

    /** A page of rows was handed to the caller. */
    default void rows(String system, String endpoint, int rows) {}
}
