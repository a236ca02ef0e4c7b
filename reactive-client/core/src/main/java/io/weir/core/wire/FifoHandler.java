package io.weir.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.weir.core.WeirException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * The side of a FIFO wire that lives on the event loop: hands frames to the exchange whose turn it is, stops reading when
 * that one takes no more, and lets everybody know when the socket is gone.
 */
final class FifoHandler extends ChannelInboundHandlerAdapter {

    private final FifoWire wire;
    private final Channel channel;
    private final FifoQueue queue;
    private final WireFigures figures;
    private final WireEnd end;
    private final FrameReader frames;

    private long lastIn;
    private boolean begun;
    private boolean reading;
    private boolean parsing;
    private boolean paused;

    FifoHandler(FifoWire wire, FifoQueue queue, WireFigures figures) {
        this.wire = wire;
        this.channel = wire.channel();
        this.queue = queue;
        this.figures = figures;
        this.end = wire.end();
        this.frames = new FrameReader(wire.settings().format(), wire.settings().maxFrame(), channel.alloc());
        this.lastIn = wire.now();
    }

    boolean isReading() {
        return reading;
    }

    /** When the last byte came. */
    long lastIn() {
        return lastIn;
    }

    // --- reading --------------------------------------------------------------------------------------------------

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        // Below TLS the socket's bytes are not yet those of the frames.
        if (ctx.pipeline().get(SslHandler.class) == null) {
            RecvByteBufAllocator usual = channel.config().getRecvByteBufAllocator();
            channel.config().setRecvByteBufAllocator(new StraightReads(usual, frames));
        }
    }

    /** Reading begins with the first exchange, so that a server that speaks first finds somebody who listens. */
    void beginReading() {
        if (!begun) {
            begun = true;
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf read = (ByteBuf) message;
        if (end.hasBegun()) {
            read.release();
            return;
        }
        lastIn = wire.now();
        reading = true;
        frames.add(read);
        resume();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        wire.drain();
        queue.flush();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        queue.write();
        ctx.fireChannelWritabilityChanged();
    }

    /** Hands out the frames that are there, as far as they are taken. */
    void resume() {
        if (parsing || end.isOver()) {
            return;
        }
        parsing = true;
        try {
            while (!end.hasBegun() && frames.available()) {
                Exchange head = queue.head();
                if (head == null) {
                    close(wire.reports().unasked(frames.frame().readableBytes()));
                } else if (head.takesMore()) {
                    take(head);
                } else {
                    pause(true);
                    return;
                }
            }
            pause(false);
        } catch (BadFrame e) {
            broken(queue.head(), e);
        } finally {
            parsing = false;
        }
    }

    private void pause(boolean yes) {
        if (paused != yes && !end.hasBegun()) {
            paused = yes;
            figures.heldBack(yes);
            channel.config().setAutoRead(!yes);
            if (!yes) {
                figures.freed();
            }
        }
    }

    private void take(Exchange head) {
        ByteBuf whole = frames.frame();
        WireLog.in(wire, head, whole, whole.readerIndex(), whole.readableBytes());
        boolean last;
        try {
            last = head.frame(frames.body());
        } catch (Throwable t) {
            Exceptions.throwIfJvmFatal(t);
            broken(head, t);
            return;
        }
        frames.next();
        if (last) {
            queue.answered(lastIn);
        }
    }

    /** What came can not be understood: neither can what follows. */
    private void broken(@Nullable Exchange head, Throwable t) {
        WeirException error = wire.reports().notUnderstood(head == null ? null : head.operation(), t);
        close(error);
        if (head != null) {
            queue.broken(head, error);
        }
    }

    // --- ends -----------------------------------------------------------------------------------------------------

    /** Closes the socket; null: because it was asked for. */
    void close(@Nullable WeirException why) {
        if (end.begin(why)) {
            closeChannel();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable t) {
        end.because(t);
        closeChannel();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive tells how it ended
    private void closeChannel() {
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (end.overOnce()) {
            // A frame may be under way to its exchange if that one closed the wire and the channel ends synchronously.
            if (parsing) {
                wire.execute(frames::release);
            } else {
                frames.release();
            }
            queue.lost();
        }
        ctx.fireChannelInactive();
    }
}
