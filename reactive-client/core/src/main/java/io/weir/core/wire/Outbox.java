package io.weir.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.weir.core.WeirException.Sent;
import java.util.ArrayDeque;
import reactor.core.Exceptions;

/**
 * Writes requests: as many as wait go into one buffer, up to {@link #BURST_BYTES}, and the socket is flushed once. While
 * the socket takes no more, requests wait unencoded and can still be cancelled. Confined to the event loop.
 */
final class Outbox {

    private static final int BURST_BYTES = 64 * 1024;
    private static final int FIRST_BYTES = 4 * 1024;

    private final FifoWire wire;
    private final Channel channel;
    private final Endings endings;
    private final ArrayDeque<Exchange> written;
    private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();

    private long bursts;
    private long sentBursts;
    private long lastOut;
    private boolean unflushed;

    /** @param written where an exchange goes once its request is written */
    Outbox(FifoWire wire, Endings endings, ArrayDeque<Exchange> written) {
        this.wire = wire;
        this.channel = wire.channel();
        this.endings = endings;
        this.written = written;
        this.lastOut = wire.now();
    }

    ArrayDeque<Exchange> waiting() {
        return waiting;
    }

    long lastOut() {
        return lastOut;
    }

    /** Encodes what waits, as far as the socket takes it. */
    void write() {
        while (!waiting.isEmpty() && channel.isWritable()) {
            ByteBuf burst = channel.alloc().ioBuffer(FIRST_BYTES);
            while (!waiting.isEmpty() && burst.readableBytes() < BURST_BYTES) {
                encode(waiting.remove(), burst);
            }
            if (burst.isReadable()) {
                send(burst);
            } else {
                burst.release();
            }
        }
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            channel.flush();
        }
    }

    /** Whether a request can have reached the server: bursts leave one after the other, and the one under way may have left in part. */
    Sent sent(Exchange exchange) {
        return exchange.burst <= sentBursts + 1 ? Sent.MAYBE : Sent.NO;
    }

    private void encode(Exchange exchange, ByteBuf burst) {
        if (exchange.isCancelled()) {
            endings.ended(exchange);
            return;
        }
        int start = burst.writerIndex();
        try {
            exchange.encode(burst);
        } catch (Throwable t) {
            Exceptions.throwIfJvmFatal(t);
            burst.writerIndex(start);
            endings.failed(exchange, wire.reports().notEncoded(exchange.operation(), t));
            return;
        }
        if (burst.writerIndex() > start) {
            exchange.burst = bursts + 1;
            WireLog.out(wire, exchange, burst, start, burst.writerIndex() - start);
        }
        written.add(exchange);
    }

    private void send(ByteBuf burst) {
        long number = ++bursts;
        unflushed = true;
        channel.write(burst).addListener(result -> {
            if (result.isSuccess()) {
                sentBursts = number;
                lastOut = wire.now();
            }
        });
    }
}
