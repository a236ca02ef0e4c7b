package io.weir.http.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * The side of a WebSocket that lives on the event loop. It never stops reading: a server that is not read from for a while
 * can fall dumb for good, and its Pings have to be answered whatever the consumers do.
 */
final class WebSocketHandler extends ChannelInboundHandlerAdapter {

    /** How long a Close frame may take to leave; the server's answer to it is not waited for. */
    private static final long FAREWELL_MILLIS = 1000;

    private final WebSocketWire wire;
    private final Channel channel;
    private final Fragments fragments;
    private long written;
    private long done;
    private long lastOut;
    private boolean isUnflushed;
    private boolean reading;
    private boolean gone;
    private boolean asked;
    private @Nullable ByteBuf owedPong;
    private @Nullable Throwable cause;
    private volatile boolean closing;

    WebSocketHandler(WebSocketWire wire, Channel channel, WebSocketSettings settings) {
        this.wire = wire;
        this.channel = channel;
        this.fragments = new Fragments(channel.alloc(), settings.maxMessage());
        this.lastOut = wire.now();
    }

    boolean isReading() {
        return reading;
    }

    boolean isClosing() {
        return closing;
    }

    // --- writing --------------------------------------------------------------------------------------------------

    /** Writes a message without flushing it; what takes the bytes also releases them. */
    void write(Outgoing message, ByteBuf content) {
        boolean binary = message.form() == Form.BINARY;
        if (binary && !content.isReadable()) {
            content.release();
            // There are servers that end as a whole when they get one.
            throw new IllegalArgumentException("A binary message must not be empty");
        }
        message.number = written + 1;
        write(binary ? new BinaryWebSocketFrame(content) : new TextWebSocketFrame(content));
    }

    private void write(WebSocketFrame frame) {
        long number = ++written;
        isUnflushed = true;
        channel.write(frame).addListener(result -> {
            if (result.isSuccess()) {
                done = number;
                lastOut = wire.now();
            } else if (cause == null && !(result.cause() instanceof ClosedChannelException)) {
                cause = result.cause();
            }
        });
        wire.pulse().wrote();
    }

    void flush() {
        if (isUnflushed) {
            isUnflushed = false;
            channel.flush();
        }
    }

    long done() {
        return done;
    }

    long unsent() {
        return written - done;
    }

    /** Whether so much of it can have left that the server understands it. Frames leave one after the other. */
    boolean mayHaveLeft(Outgoing message) {
        return message.number > 0 && message.number <= done + 1;
    }

    void ping() {
        write(new PingWebSocketFrame());
        flush();
    }

    private void pong(ByteBuf payload) {
        if (channel.isWritable()) {
            write(new PongWebSocketFrame(payload.retain()));
        } else {
            // One answer will do for all Pings that come while nothing leaves, so that they can not fill the memory.
            dropPong();
            owedPong = payload.retain();
        }
    }

    private void dropPong() {
        if (owedPong != null) {
            owedPong.release();
            owedPong = null;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable() && !closing) {
            if (owedPong != null) {
                ByteBuf payload = owedPong;
                owedPong = null;
                write(new PongWebSocketFrame(payload));
            }
            wire.listener().writable();
            if (!reading) {
                flush();
            }
        }
        ctx.fireChannelWritabilityChanged();
    }

    // --- reading --------------------------------------------------------------------------------------------------

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        wire.pulse().begin();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reading = true;
        try {
            // What else comes is the end of the handshake's answer.
            if (message instanceof WebSocketFrame frame && !closing && !gone) {
                take(frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        wire.listener().readComplete();
        flush();
        ctx.fireChannelReadComplete();
    }

    private void take(WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame) {
            pong(frame.content());
        } else if (frame instanceof CloseWebSocketFrame close) {
            closedByServer(close);
        } else if (!(frame instanceof PongWebSocketFrame)) {
            data(frame);
        }
    }

    private void data(WebSocketFrame frame) {
        Incoming message;
        try {
            message = fragments.add(frame);
        } catch (BadMessage e) {
            close(wire.reports().notUnderstood(null, e), WebSocketCloseStatus.PROTOCOL_ERROR);
            return;
        }
        if (message != null) {
            try {
                wire.listener().message(message);
            } finally {
                message.content().release();
            }
        }
    }

    // --- ends -----------------------------------------------------------------------------------------------------

    private void closedByServer(CloseWebSocketFrame frame) {
        String said = frame.reasonText();
        int status = frame.statusCode();
        WeirException why = wire.reports()
                .locate(WeirException.of(
                        ErrorKind.CLOSED,
                        wire.endpoint() + " closed the WebSocket"
                                + (status < 0 ? " without giving a reason" : " with status " + status)
                                + (said.isEmpty() ? "." : ": " + said)))
                .build();
        close(why, status < 0 ? WebSocketCloseStatus.NORMAL_CLOSURE : WebSocketCloseStatus.valueOf(status));
    }

    /** Closes the socket with a Close frame; null: because it was asked for. */
    void close(@Nullable WeirException why) {
        asked = asked || (!closing && why == null);
        close(
                why,
                why != null && why.kind() == ErrorKind.PROTOCOL
                        ? WebSocketCloseStatus.PROTOCOL_ERROR
                        : WebSocketCloseStatus.NORMAL_CLOSURE);
    }

    /** Closes a socket on which nothing moves any more. */
    void dead(WeirException why) {
        if (begin(why)) {
            closeChannel();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a limit that is in nobody's way when it is not needed
    private void close(@Nullable WeirException why, WebSocketCloseStatus status) {
        if (!begin(why)) {
            return;
        }
        if (!channel.isWritable()) {
            closeChannel();
            return;
        }
        channel.writeAndFlush(new CloseWebSocketFrame(status.code(), "")).addListener(ChannelFutureListener.CLOSE);
        channel.eventLoop().schedule(this::closeChannel, FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private boolean begin(@Nullable WeirException why) {
        if (closing) {
            return false;
        }
        closing = true;
        if (why != null) {
            cause = why;
        }
        return true;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable t) {
        Exceptions.throwIfJvmFatal(t);
        if (t instanceof CorruptedWebSocketFrameException bad
                && bad.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)) {
            close(wire.reports()
                    .notUnderstood(null, BadMessage.tooLong(wire.settings().maxMessage())));
        } else if (t instanceof CodecException) {
            close(wire.reports()
                    .notUnderstood(null, new BadMessage("It breaks the WebSocket protocol: " + t.getMessage())));
        } else {
            cause = cause == null ? t : cause;
            closeChannel();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive tells how it ended
    private void closeChannel() {
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!gone) {
            gone = true;
            closing = true;
            wire.pulse().stop();
            fragments.release();
            dropPong();
            wire.listener().lost();
            wire.gone(asked ? null : cause instanceof WeirException known ? known : loss(null, null));
        }
        ctx.fireChannelInactive();
    }

    WeirException loss(@Nullable String operation, WeirException.@Nullable Sent sent) {
        return wire.reports()
                .lost(
                        operation,
                        sent,
                        asked,
                        cause,
                        wire.now() - lastOut,
                        wire.now() - wire.pulse().lastIn());
    }
}
