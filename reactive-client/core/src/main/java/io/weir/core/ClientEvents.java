package io.weir.core;

import java.time.Duration;
import java.util.List;

/**
 * The one seam for metrics and tracing. Called on event loops: implementations return at once.
 *
 * <p>{@code system} is a short name such as {@code iotdb}; {@code endpoint} is host and port.
 */
public interface ClientEvents {

    /** Listens to nothing. */
    ClientEvents NONE = new ClientEvents() {};

    /**
     * Tells every listener, in this order, and holds off what they throw: it neither reaches the event loop nor keeps the
     * next listener from hearing. The first thing that a listener throws is logged, the rest is dropped.
     */
    static ClientEvents all(ClientEvents... listeners) {
        return GuardedEvents.of(List.of(listeners));
    }

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
