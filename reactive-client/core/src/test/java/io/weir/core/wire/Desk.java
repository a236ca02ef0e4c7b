package io.weir.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import io.weir.core.Endpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A wire without a socket, whose server is the test and whose clock stands still until it is moved. */
final class Desk implements AutoCloseable {

    final MockTicker clock = Ticker.newMockTicker();
    final AtomicInteger flushes = new AtomicInteger();
    final EmbeddedChannel channel;
    private final List<ByteBuf> held = new ArrayList<>();
    private boolean stuck;
    final FifoWire wire;

    Desk() {
        this(s -> s);
    }

    Desk(UnaryOperator<WireSettings> change) {
        channel = EmbeddedChannel.builder().ticker(clock).build();
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                if (stuck) {
                    held.add((ByteBuf) message);
                } else {
                    ctx.write(message, promise).isDone();
                }
            }

            @Override
            public void flush(ChannelHandlerContext ctx) {
                flushes.incrementAndGet();
                ctx.flush();
            }
        });
        WireSettings settings =
                change.apply(WireSettings.of("toy", FrameFormat.INT32_LENGTH).withNanoTime(clock::nanoTime));
        wire = FifoWire.on(channel, new Endpoint("db.example", 6667), settings);
        channel.pipeline().addLast(wire.handler());
    }

    /** Lets the loop do what is due. */
    Desk turn() {
        channel.runPendingTasks();
        return this;
    }

    Desk pass(Duration time) {
        clock.advance(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        return turn();
    }

    /** From now on nothing that is written leaves this machine, and nobody hears that it did. */
    Desk getStuck() {
        stuck = true;
        return this;
    }

    /** Whether the socket takes more. */
    Desk writable(boolean yes) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, yes);
        return turn();
    }

    boolean reads() {
        return channel.config().isAutoRead();
    }

    /** The server or the network ends the connection. */
    Desk lose() {
        channel.close().isDone();
        return turn();
    }

    /** What has been written, question by question. */
    List<String> questions() {
        turn();
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf b = channel.readOutbound(); b != null; b = channel.readOutbound()) {
            all.writeBytes(b);
            b.release();
        }
        List<String> texts = new ArrayList<>();
        while (all.isReadable()) {
            texts.add(
                    all.readCharSequence(all.readInt(), StandardCharsets.UTF_8).toString());
        }
        return texts;
    }

    /** Sends frames to the client, in one read. */
    Desk answer(String... frames) {
        ByteBuf out = channel.alloc().buffer();
        for (String frame : frames) {
            Ask.write(out, frame);
        }
        channel.writeInbound(out);
        return turn();
    }

    Desk answer(byte[] bytes) {
        channel.writeInbound(channel.alloc().buffer().writeBytes(bytes));
        return turn();
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
        held.forEach(ByteBuf::release);
    }
}
