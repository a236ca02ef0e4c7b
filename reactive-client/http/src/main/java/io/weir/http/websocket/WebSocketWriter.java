package io.weir.http.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.weir.core.WeirException.Sent;
import io.weir.core.wire.WireLog;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/** Writes messages and signs of life, and knows which of them may have left. Confined to the event loop. */
final class WebSocketWriter {

    private final WebSocketWire wire;
    private final Channel channel;
    private long written;
    private long done;
    private long lastOut;
    private boolean isUnflushed;
    private @Nullable ByteBuf owedPong;

    WebSocketWriter(WebSocketWire wire, Channel channel) {
        this.wire = wire;
        this.channel = channel;
        this.lastOut = wire.now();
    }

    /** Whether the socket takes more at the moment. */
    boolean isFree() {
        return channel.isWritable();
    }

    /** How many frames have left. */
    long done() {
        return done;
    }

    /** How many frames were written and have not left. */
    long unsent() {
        return written - done;
    }

    /** When the last frame left. */
    long lastOut() {
        return lastOut;
    }

    /** Encodes and writes a message, without flushing it. */
    void write(Outgoing message) {
        // With room for the header of its frame.
        ByteBuf content = channel.alloc().buffer().setIndex(MaskedFrames.HEADER_ROOM, MaskedFrames.HEADER_ROOM);
        try {
            message.encode(content);
            if (message.form() == Form.BINARY && !content.isReadable()) {
                // There are servers that end as a whole when they get one.
                throw new IllegalArgumentException("A binary message must not be empty");
            }
        } catch (Throwable t) {
            Exceptions.throwIfJvmFatal(t);
            content.release();
            message.unwritten(wire.reports().notEncoded(message.operation(), t));
            return;
        }
        WireLog.out(
                wire,
                message.operation(),
                message.confidential(),
                content,
                content.readerIndex(),
                content.readableBytes());
        message.number = written + 1;
        write(message.form() == Form.BINARY ? new MaskedFrames.Whole(content) : new TextWebSocketFrame(content));
    }

    /** Whether so much of it can have left that the server understands it. Frames leave one after the other. */
    Sent sent(Outgoing message) {
        return message.number > 0 && message.number <= done + 1 ? Sent.MAYBE : Sent.NO;
    }

    void ping() {
        write(new PingWebSocketFrame());
        flush();
    }

    void pong(ByteBuf payload) {
        if (channel.isWritable()) {
            write(new PongWebSocketFrame(payload.retain()));
        } else {
            // One answer will do for all Pings that come while nothing leaves, so that they can not fill the memory.
            dropPong();
            owedPong = payload.retain();
        }
    }

    /** The socket takes more again: the answer that is owed goes first. */
    void payPong() {
        if (owedPong != null) {
            ByteBuf payload = owedPong;
            owedPong = null;
            write(new PongWebSocketFrame(payload));
        }
    }

    void dropPong() {
        if (owedPong != null) {
            owedPong.release();
            owedPong = null;
        }
    }

    void flush() {
        if (isUnflushed) {
            isUnflushed = false;
            channel.flush();
        }
    }

    /** What takes the bytes also releases them. */
    private void write(WebSocketFrame frame) {
        long number = ++written;
        isUnflushed = true;
        channel.write(frame).addListener(result -> {
            if (result.isSuccess()) {
                done = number;
                lastOut = wire.now();
            } else if (!(result.cause() instanceof ClosedChannelException)) {
                wire.end().because(result.cause());
            }
        });
        wire.pulse().wrote();
    }
}
