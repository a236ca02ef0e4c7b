package io.weir.http.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.wire.WireEnd;
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
    private final WebSocketWriter writer;
    private final WireEnd end;
    private final Fragments fragments;
    private boolean reading;

    WebSocketHandler(WebSocketWire wire, Channel channel) {
        this.wire = wire;
        this.channel = channel;
        this.writer = wire.writer();
        this.end = wire.end();
        this.fragments = new Fragments(channel.alloc(), wire.settings().maxMessage());
    }

    boolean isReading() {
        return reading;
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
            if (message instanceof WebSocketFrame frame && !end.hasBegun()) {
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
        writer.flush();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable() && !end.hasBegun()) {
            writer.payPong();
            wire.listener().writable();
            if (!reading) {
                writer.flush();
            }
        }
        ctx.fireChannelWritabilityChanged();
    }

    private void take(WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame) {
            writer.pong(frame.content());
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
        close(
                why,
                why != null && why.kind() == ErrorKind.PROTOCOL
                        ? WebSocketCloseStatus.PROTOCOL_ERROR
                        : WebSocketCloseStatus.NORMAL_CLOSURE);
    }

    /** Closes a socket on which nothing moves any more. */
    void dead(WeirException why) {
        if (end.begin(why)) {
            closeChannel();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a limit that is in nobody's way when it is not needed
    private void close(@Nullable WeirException why, WebSocketCloseStatus status) {
        if (!end.begin(why)) {
            return;
        }
        if (!channel.isWritable()) {
            closeChannel();
            return;
        }
        channel.writeAndFlush(new CloseWebSocketFrame(status.code(), "")).addListener(ChannelFutureListener.CLOSE);
        channel.eventLoop().schedule(this::closeChannel, FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
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
            end.because(t);
            closeChannel();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive tells how it ended
    private void closeChannel() {
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (end.overOnce()) {
            wire.pulse().stop();
            fragments.release();
            writer.dropPong();
            wire.listener().lost();
            end.tell(wire.sinceOut(), wire.sinceIn());
        }
        ctx.fireChannelInactive();
    }
}
