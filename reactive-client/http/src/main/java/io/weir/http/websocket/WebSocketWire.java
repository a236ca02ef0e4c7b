package io.weir.http.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.weir.core.Endpoint;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.core.wire.LossReport;
import io.weir.core.wire.Wire;
import io.weir.core.wire.WireLog;
import io.weir.core.wire.WireLoop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A live WebSocket as messages. It answers Pings by itself, sends its own when the server is silent, and gives up a socket
 * on which nothing moves. Reading never stops, whoever wants less has to ask for less: {@link KeyedWire} stands on it.
 *
 * <p>{@link WebSocketConnector} opens them.
 */
public final class WebSocketWire implements Wire, WireLoop {

    private static final AtomicLong IDS = new AtomicLong();

    private final WebSocketSettings settings;
    private final Endpoint endpoint;
    private final Channel channel;
    private final EventLoop loop;
    private final String id;
    private final LossReport reports;
    private final Pulse pulse;
    private final WebSocketHandler handler;
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private Listener listener = new Nobody();

    WebSocketWire(WebSocketSettings settings, Endpoint endpoint, Channel channel) {
        String system = settings.socket().system();
        this.settings = settings;
        this.endpoint = endpoint;
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.id = system + "-" + IDS.incrementAndGet();
        this.reports = new LossReport(system, endpoint, id);
        this.pulse = new Pulse(this, channel, settings);
        this.handler = new WebSocketHandler(this, channel, settings);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public boolean isOpen() {
        return channel.isActive() && !handler.isClosing();
    }

    @Override
    public Mono<Void> onClose() {
        return closed.asMono();
    }

    /** Sends a Close frame, and closes the socket once it has left: there are servers that never answer it. */
    @Override
    public Mono<Void> close() {
        return Mono.defer(() -> {
            later(() -> handler.close(null));
            return onClose().onErrorComplete();
        });
    }

    @Override
    public void close(WeirException reason) {
        later(() -> handler.close(reason));
    }

    @Override
    public boolean inLoop() {
        return loop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** Runs a task on the wire's own thread after a while, unless disposed of before. */
    public Disposable schedule(Runnable task, Duration after) {
        Future<?> timer = loop.schedule(task, after.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    @Override
    public String toString() {
        return id + " to " + endpoint;
    }

    /** From now on, and on the loop. */
    void listen(Listener who) {
        listener = who;
    }

    /** Encodes and writes a message, without flushing it. */
    void write(Outgoing message) {
        ByteBuf content = channel.alloc().buffer();
        try {
            message.encode(content);
        } catch (Throwable t) {
            Exceptions.throwIfJvmFatal(t);
            content.release();
            message.unwritten(reports.notEncoded(message.operation(), t));
            return;
        }
        WireLog.out(
                this,
                message.operation(),
                message.confidential(),
                content,
                content.readerIndex(),
                content.readableBytes());
        try {
            handler.write(message, content);
        } catch (IllegalArgumentException e) {
            message.unwritten(reports.notEncoded(message.operation(), e));
        }
    }

    Sent sent(Outgoing message) {
        return handler.mayHaveLeft(message) ? Sent.MAYBE : Sent.NO;
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    /** As {@link #execute}, but of no concern once the loop has ended: it closed its channels before. */
    void later(Runnable task) {
        try {
            execute(task);
        } catch (RejectedExecutionException loopHasEnded) {
            // Everybody has heard that the wire is gone.
        }
    }

    /** The socket is gone and everybody has been told. */
    void gone(@Nullable WeirException loss) {
        if (loss == null) {
            closed.tryEmitEmpty();
        } else {
            closed.tryEmitError(loss);
        }
    }

    long now() {
        return settings.socket().nanoTime().getAsLong();
    }

    EventLoop loop() {
        return loop;
    }

    LossReport reports() {
        return reports;
    }

    WebSocketSettings settings() {
        return settings;
    }

    WebSocketHandler handler() {
        return handler;
    }

    Pulse pulse() {
        return pulse;
    }

    Listener listener() {
        return listener;
    }

    /** Until there is somebody who listens. */
    private final class Nobody implements Listener {
        @Override
        public void message(Incoming message) {
            handler.close(reports.unasked(message.content().readableBytes()));
        }

        @Override
        public void readComplete() {}

        @Override
        public void writable() {}

        @Override
        public void lost() {}
    }
}
