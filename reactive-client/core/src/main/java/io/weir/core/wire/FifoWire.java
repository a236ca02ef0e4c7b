package io.weir.core.wire;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.weir.core.Endpoint;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A socket on which answers come in the order of the questions. Questions may be submitted from any thread, and as many
 * as one likes before the first answer is there: they meet in an inbox, and one task on the event loop writes all that
 * have gathered with one flush.
 *
 * <p>{@link Connector} opens wires.
 */
public final class FifoWire implements Wire, WireLoop {

    private static final AtomicLong IDS = new AtomicLong();

    private final WireSettings settings;
    private final Endpoint endpoint;
    private final Channel channel;
    private final EventLoop loop;
    private final String id;
    private final LossReport reports;
    private final FifoHandler handler;

    private final Inbox<Exchange> inbox;
    private final Sinks.Empty<Void> closed = Sinks.empty();

    private FifoWire(WireSettings settings, Endpoint endpoint, Channel channel) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.id = settings.socket().system() + "-" + IDS.incrementAndGet();
        this.reports = new LossReport(settings.socket().system(), endpoint, id);
        this.handler = new FifoHandler(this, channel);
        this.inbox = new Inbox<>(loop, handler::isReading, handler::accept, handler::write);
    }

    /** Makes a wire of a connected channel that does not read by itself yet. The caller adds the handler. */
    static FifoWire on(Channel channel, Endpoint endpoint, WireSettings settings) {
        return new FifoWire(settings, endpoint, channel);
    }

    /** Sends a question, from any thread. Called while a frame is taken, it leaves when all that was read has been dealt with. */
    public void submit(Exchange exchange) {
        exchange.travelOn(this);
        inbox.offer(exchange);
    }

    /** One exchange per subscription, submitted when subscribed. */
    public <T> Flux<T> exchange(Supplier<? extends FluxExchange<T>> exchanges) {
        return new ExchangeFlux<>(this, exchanges);
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

    /** How many questions are under way or wait to be written; a moment's figure. */
    public int pending() {
        return handler.size();
    }

    /** How long the question whose turn it is has been waiting for its last frame, in nanoseconds; 0: none does. A moment's figure. */
    public long headAge() {
        return handler.headAge();
    }

    /** Whether a frame is there and its reader takes no more, so that all behind him wait; a moment's figure. */
    public boolean isHeldBack() {
        return handler.isHeldBack();
    }

    /** Whom to tell, on the wire's own thread, that a question was answered or a reader takes again. At most one. */
    public void whenFree(Runnable listener) {
        handler.whenFree(listener);
    }

    /** Whether this is the wire's own thread. */
    @Override
    public boolean inLoop() {
        return loop.inEventLoop();
    }

    /** Runs a task on the wire's own thread, in a turn of its own; it must not block. */
    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** Runs a task on the wire's own thread after a while, unless disposed of before. */
    public Disposable schedule(Runnable task, Duration after) {
        return Timers.on(loop, after.toNanos(), task);
    }

    @Override
    public String toString() {
        return id + " to " + endpoint;
    }

    /** Takes in what has been submitted. */
    void drain() {
        inbox.drain();
    }

    void resume() {
        if (loop.inEventLoop()) {
            handler.resume();
        } else {
            later(handler::resume);
        }
    }

    void cancelled(Exchange exchange) {
        later(() -> handler.cancelled(exchange));
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

    LossReport reports() {
        return reports;
    }

    long now() {
        return settings.socket().nanoTime().getAsLong();
    }

    EventLoop loop() {
        return loop;
    }

    Channel channel() {
        return channel;
    }

    FifoHandler handler() {
        return handler;
    }

    WireSettings settings() {
        return settings;
    }
}
