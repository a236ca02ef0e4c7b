package io.weir.http.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import io.weir.core.Endpoint;
import io.weir.core.wire.SocketSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** A keyed wire without a socket, whose server is the test and whose clock stands still until it is moved. */
final class Desk implements AutoCloseable {

    final MockTicker clock = Ticker.newMockTicker();
    final AtomicInteger flushes = new AtomicInteger();
    final EmbeddedChannel channel;
    final WebSocketWire socket;
    final Ask.Toy protocol = new Ask.Toy();
    final KeyedWire<Integer> wire;
    private final List<Object> held = new ArrayList<>();
    private final List<ChannelPromise> promises = new ArrayList<>();
    private boolean stuck;

    Desk() {
        this(s -> s);
    }

    Desk(UnaryOperator<WebSocketSettings> change) {
        this(change, 4, Duration.ofMinutes(20));
    }

    Desk(UnaryOperator<WebSocketSettings> change, int maxOrphans, Duration orphanLimit) {
        channel = EmbeddedChannel.builder().ticker(clock).build();
        WebSocketSettings settings = change.apply(
                WebSocketSettings.of(SocketSettings.of("toy").withNanoTime(clock::nanoTime), "/ws?token=secret"));
        socket = new WebSocketWire(settings, new Endpoint("db.example", 6041), channel);
        channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                if (stuck) {
                    held.add(message);
                    promises.add(promise);
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
        channel.pipeline().addLast(socket.pulse(), socket.handler());
        wire = KeyedWire.on(socket, protocol, maxOrphans, orphanLimit);
    }

    Mono<String> ask(Ask ask) {
        return wire.exchange(() -> ask);
    }

    Mono<String> ask(int key, String question) {
        return ask(new Ask(key, question));
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

    /** From now on nothing that is written leaves this machine. */
    Desk getStuck() {
        stuck = true;
        return this;
    }

    /** The socket takes so many of the frames that were held. */
    Desk take(int frames) {
        for (int i = 0; i < frames; i++) {
            ReferenceCountUtil.release(held.remove(0));
            promises.remove(0).setSuccess();
        }
        return turn();
    }

    /** Whether the socket takes more. */
    Desk writable(boolean yes) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, yes);
        return turn();
    }

    /** The server or the network ends the connection. */
    Desk lose() {
        channel.close().isDone();
        return turn();
    }

    /** What has been written, message by message; control frames by their names. */
    List<String> written() {
        turn();
        List<String> texts = new ArrayList<>();
        for (WebSocketFrame f = channel.readOutbound(); f != null; f = channel.readOutbound()) {
            texts.add(show(f));
            f.release();
        }
        return texts;
    }

    private static String show(WebSocketFrame frame) {
        String text = frame.content().toString(StandardCharsets.UTF_8);
        if (frame instanceof PingWebSocketFrame) {
            return "ping " + text;
        }
        if (frame instanceof PongWebSocketFrame) {
            return "pong " + text;
        }
        return frame instanceof CloseWebSocketFrame close ? "close " + close.statusCode() : text;
    }

    /** Sends messages to the client, in one read. */
    Desk answer(String... messages) {
        Object[] frames = new Object[messages.length];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = i % 2 == 0
                    ? new TextWebSocketFrame(bytes(messages[i]))
                    : new BinaryWebSocketFrame(bytes(messages[i]));
        }
        return read(frames);
    }

    Desk read(Object... frames) {
        channel.writeInbound(frames);
        return turn();
    }

    static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
        held.forEach(ReferenceCountUtil::release);
    }
}
