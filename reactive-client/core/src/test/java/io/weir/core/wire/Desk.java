package io.weir.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
    final FifoWire wire;

    Desk() {
        this(s -> s);
    }

    Desk(UnaryOperator<WireSettings> change) {
        channel = EmbeddedChannel.builder().ticker(clock).build();
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(new io.netty.channel.ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(io.netty.channel.ChannelHandlerContext ctx) {
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
    }
}
