/**
 * Bytes to messages and pages, and back: Thrift's RPC, the blocks of rows, status codes, literals.
 *
 * <p>Pure functions over {@code ByteBuf}: no Reactor, no sockets, no clock. Whatever is wrong with the bytes ends in a
 * {@link io.weir.core.WeirException} of kind PROTOCOL.
 */
@NullMarked
package io.weir.iotdb.protocol;

import org.jspecify.annotations.NullMarked;
