package io.weir.core.wire;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.weir.core.ClientEvents;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/**
 * A socket of Netty's as a wire: its name, its thread, its clock and its end. What travels on it, and how it is closed, is
 * the business of those who extend it.
 */
public abstract class ChannelWire implements Wire, WireLoop {

    private static final AtomicLong IDS = new AtomicLong();

    private final SocketSettings socket;
    private final Endpoint endpoint;
    private final Channel channel;
    private final EventLoop loop;
    private final String id;
    private final LossReport reports;
    private final WireEnd end;

    protected ChannelWire(SocketSettings socket, Endpoint endpoint, Channel channel) {
        this.socket = socket;
        this.endpoint = endpoint;
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.id = socket.system() + "-" + IDS.incrementAndGet();
        this.reports = new LossReport(socket.system(), endpoint, id);
        this.end = new WireEnd(reports);
    }

    /** Closes the socket; on the loop. Null: because it was asked for. */
    protected abstract void closeSocket(@Nullable WeirException why);

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public final boolean isOpen() {
        return channel.isActive() && !end.hasBegun();
    }

    @Override
    public final Mono<Void> onClose() {
        return end.onClose();
    }

    @Override
    public final Mono<Void> close() {
        return Mono.defer(() -> {
            later(() -> closeSocket(null));
            return onClose().onErrorComplete();
        });
    }

    @Override
    public final void close(WeirException reason) {
        later(() -> closeSocket(reason));
    }

    /** Whether this is the wire's own thread. */
    @Override
    public final boolean inLoop() {
        return loop.inEventLoop();
    }

    /** Runs a task on the wire's own thread, in a turn of its own; it must not block. */
    @Override
    public final void execute(Runnable task) {
        loop.execute(task);
    }

    /** As {@link #execute}, but of no concern once the loop has ended: it closed its channels before. */
    protected final void later(Runnable task) {
        try {
            execute(task);
        } catch (RejectedExecutionException loopHasEnded) {
            // Everybody has heard that the wire is gone.
        }
    }

    /** Runs a task on the wire's own thread after a while, unless disposed of before. */
    public final Disposable schedule(Runnable task, Duration after) {
        return Timers.on(loop, after.toNanos(), task);
    }

    public final EventLoop loop() {
        return loop;
    }

    /** The time of its clock, in nanoseconds. */
    public final long now() {
        return socket.nanoTime().getAsLong();
    }

    /** The texts of what goes wrong here. */
    public final LossReport reports() {
        return reports;
    }

    /** How it ends, for the handler of its socket. */
    public final WireEnd end() {
        return end;
    }

    /** Runs what belongs to others: what they do must not keep the next one from hearing. */
    public final void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable t) {
            Exceptions.throwIfJvmFatal(t);
            WireLog.LOG.warn("[{}] A callback failed; the wire goes on", id, t);
        }
    }

    /**
     * Tells whoever listens to the client how an exchange has ended.
     *
     * @param startedAt by {@link #now()}
     * @param failure null if it has not failed; of one that was cancelled nothing is told then
     */
    public final void exchanged(String operation, long startedAt, @Nullable ErrorKind failure, boolean cancelled) {
        ClientEvents events = socket.events();
        if (events == ClientEvents.NONE) {
            return;
        }
        Duration took = Duration.ofNanos(now() - startedAt);
        if (failure != null) {
            events.exchangeFailed(socket.system(), endpoint.toString(), operation, took, failure);
        } else if (!cancelled) {
            events.exchanged(socket.system(), endpoint.toString(), operation, took);
        }
    }

    @Override
    public final String toString() {
        return id + " to " + endpoint;
    }

    final Channel channel() {
        return channel;
    }
}
