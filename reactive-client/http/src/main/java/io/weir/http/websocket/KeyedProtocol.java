package io.weir.http.websocket;

import org.jspecify.annotations.Nullable;

/**
 * How a system finds out which question an answer belongs to. Called on the wire's event loop.
 *
 * @param <K> the key: a value with {@code equals} and {@code hashCode}
 */
public interface KeyedProtocol<K> {

    /**
     * The key of an answer; null if it has none. Throwing means that nothing on this wire can be trusted any longer: it is
     * closed.
     *
     * @param answer only to be looked at: the same message goes to the exchange
     */
    @Nullable K key(Incoming answer);

    /**
     * An answer that nobody waits for, not even as the late answer of a cancelled exchange: what it may have opened on the
     * server can be freed here. The wire goes on.
     */
    default void unexpected(KeyedWire<K> wire, Incoming answer) {}
}
