package io.weir.http.websocket;

import io.netty.buffer.ByteBuf;

/**
 * A whole message as it came, its fragments put together and inflated.
 *
 * @param content in one piece and in a buffer of its own; valid during the call in which it is lent, or until released if
 *     retained
 */
public record Incoming(Form form, ByteBuf content) {}
