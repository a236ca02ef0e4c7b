package io.weir.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * The side of a wire that lives on the event loop: hands frames to the exchange whose turn it is, stops reading when
 * that one takes no more, and tells everybody when the socket is gone.
 */
final class FifoHandler extends ChannelInboundHandlerAdapter {

    private static final long NOBODY = Long.MIN_VALUE;

    private final FifoWire wire;
    private final Channel channel;
    private final Endings endings;
    private final FrameReader frames;
    private final ArrayDeque<Exchange> pending = new ArrayDeque<>();
    private final Outbox outbox;
    private final Patience patience;

    private long lastIn;
    private boolean begun;
    private boolean reading;
    private boolean parsing;
    private boolean paused;
    private boolean gone;
    private boolean asked;
    private @Nullable Throwable cause;
    private @Nullable WeirException reason;

    private volatile boolean closing;
    private volatile int size;
    /** When the turn of the exchange at the head began; {@link #NOBODY}: there is none. */
    private volatile long turnBegan = NOBODY;

    private volatile boolean heldBack;
    private volatile @Nullable Runnable whenFree;

    FifoHandler(FifoWire wire, Channel channel) {
        this.wire = wire;
        this.channel = channel;
        this.endings = new Endings(wire);
        this.frames = new FrameReader(wire.settings().format(), wire.settings().maxFrame(), channel.alloc());
        this.outbox = new Outbox(wire, channel, endings, pending);
        this.patience = new Patience(wire, this);
        this.lastIn = wire.now();
    }

    Iterable<Exchange> pending() {
        return pending;
    }

    Iterable<Exchange> waiting() {
        return outbox.waiting();
    }

    boolean isReading() {
        return reading;
    }

    boolean isClosing() {
        return closing;
    }

    int size() {
        return size;
    }

    /** Nanoseconds since the head's turn began: it was written, and the one before it was answered. */
    long headAge() {
        long began = turnBegan;
        return began == NOBODY ? 0 : Math.max(0, wire.now() - began);
    }

    boolean isHeldBack() {
        return heldBack;
    }

    void whenFree(Runnable listener) {
        whenFree = listener;
    }

    /** The head has changed or takes frames again. */
    private void freed() {
        Runnable listener = whenFree;
        if (listener != null) {
            endings.guarded(listener);
        }
    }

    // --- requests -------------------------------------------------------------------------------------------------

    void accept(Exchange exchange) {
        exchange.accepted = true;
        exchange.startedAt = wire.now();
        if (exchange.isCancelled()) {
            endings.ended(exchange);
            return;
        }
        if (gone || closing) {
            endings.failed(exchange, loss(exchange, Sent.NO));
            return;
        }
        patience.begin(exchange);
        outbox.waiting().add(exchange);
        beginReading();
    }

    void write() {
        if (!gone && !closing) {
            outbox.write();
            if (!reading) {
                outbox.flush();
            }
        }
        size = pending.size() + outbox.waiting().size();
        if (turnBegan == NOBODY && !pending.isEmpty()) {
            turnBegan = wire.now();
        }
    }

    /**
     * Reading begins with the first exchange, so that a server that speaks first finds somebody who listens.
     */
    void beginReading() {
        if (!begun) {
            begun = true;
            channel.config().setAutoRead(true);
        }
    }

    void cancelled(Exchange exchange) {
        exchange.release();
        // A cancel from another thread can overtake the submit: accept() will see it.
        if (exchange.isOver() || !exchange.accepted) {
            return;
        }
        if (outbox.waiting().remove(exchange)) {
            endings.ended(exchange);
            write();
            return;
        }
        if (!exchange.drains) {
            drain(exchange);
            endings.guarded(exchange::cancelled);
        }
        parse();
    }

    /** A limit has passed: first that of the exchange, then that of its drain. */
    void outOfPatience(Exchange exchange) {
        if (exchange.isOver()) {
            return;
        }
        if (outbox.waiting().remove(exchange)) {
            endings.failed(exchange, timeout(exchange, Sent.NO));
        } else if (exchange.drains) {
            close(wire.reports()
                    .drainLimit(exchange.operation(), wire.settings().drainLimit()));
        } else {
            drain(exchange);
            WeirException late = timeout(exchange, outbox.sent(exchange));
            // One that was cancelled a moment ago only has not been told yet.
            endings.guarded(exchange.isCancelled() ? exchange::cancelled : () -> exchange.failOnce(late));
            parse();
        }
    }

    private WeirException timeout(Exchange exchange, Sent sent) {
        return wire.reports().timeout(exchange.operation(), exchange.limit(), sent);
    }

    /** What waits for its turn behind others keeps nobody waiting: the limit of a drain runs at the head only. */
    private void drain(Exchange exchange) {
        patience.drains(
                exchange, exchange.equals(pending.peek()) ? wire.settings().drainLimit() : Duration.ZERO);
    }

    // --- answers --------------------------------------------------------------------------------------------------

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        // Below TLS the socket's bytes are not yet those of the frames.
        if (ctx.pipeline().get(SslHandler.class) == null) {
            RecvByteBufAllocator usual = channel.config().getRecvByteBufAllocator();
            channel.config().setRecvByteBufAllocator(new StraightReads(usual, frames));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf read = (ByteBuf) message;
        if (closing || gone) {
            read.release();
            return;
        }
        lastIn = wire.now();
        reading = true;
        frames.add(read);
        parse();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        wire.drain();
        outbox.flush();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        write();
        ctx.fireChannelWritabilityChanged();
    }

    void resume() {
        parse();
    }

    private void parse() {
        if (parsing || gone) {
            return;
        }
        parsing = true;
        try {
            while (!closing && frames.available()) {
                Exchange head = pending.peek();
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
            broken(pending.peek(), e);
        } finally {
            parsing = false;
        }
    }

    private void pause(boolean yes) {
        if (paused != yes && !closing) {
            paused = yes;
            heldBack = yes;
            channel.config().setAutoRead(!yes);
            if (!yes) {
                freed();
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
            pending.remove();
            size = pending.size() + outbox.waiting().size();
            Exchange next = pending.peek();
            turnBegan = next == null ? NOBODY : lastIn;
            endings.ended(head);
            if (next != null && next.drains) {
                drain(next);
            }
            freed();
        }
    }

    /** What came can not be understood: neither can what follows. */
    private void broken(@Nullable Exchange head, Throwable t) {
        WeirException error = wire.reports().notUnderstood(head == null ? null : head.operation(), t);
        close(error);
        if (head != null) {
            pending.remove(head);
            endings.failed(head, error);
        }
    }

    // --- ends -----------------------------------------------------------------------------------------------------

    /** Closes the socket; null: because it was asked for. */
    void close(@Nullable WeirException why) {
        if (closing) {
            return;
        }
        closing = true;
        asked = why == null;
        reason = why;
        closeChannel();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable t) {
        if (cause == null) {
            cause = t;
        }
        closeChannel();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive tells how it ended
    private void closeChannel() {
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!gone) {
            gone = true;
            lost();
        }
        ctx.fireChannelInactive();
    }

    private void lost() {
        patience.stop();
        // A frame may be under way to its exchange if that one closed the wire and the channel ends synchronously.
        if (parsing) {
            wire.execute(frames::release);
        } else {
            frames.release();
        }
        WeirException whole = asked ? null : reason != null ? reason : loss(null, null);
        for (Exchange e = pending.poll(); e != null; e = pending.poll()) {
            endings.failed(e, loss(e, outbox.sent(e)));
        }
        for (Exchange e = outbox.waiting().poll();
                e != null;
                e = outbox.waiting().poll()) {
            endings.failed(e, loss(e, Sent.NO));
        }
        size = 0;
        closing = true;
        wire.gone(whole);
    }

    private WeirException loss(@Nullable Exchange exchange, @Nullable Sent sent) {
        return wire.reports()
                .lost(
                        exchange == null ? null : exchange.operation(),
                        sent,
                        asked,
                        reason != null ? reason : cause,
                        wire.now() - outbox.lastOut(),
                        wire.now() - lastIn);
    }
}
