/**
 * Bytes to messages and pages, and back: blocks of rows, binary and JSON messages of the WebSocket protocol, error codes,
 * literals.
 *
 * <p>Pure functions over {@code ByteBuf}: no Reactor, no sockets, no clock. Whatever is wrong with the bytes ends in a
 * {@link io.weir.core.WeirException} of kind PROTOCOL.
 */
@NullMarked
package io.weir.tdengine.protocol;

import org.jspecify.annotations.NullMarked;
