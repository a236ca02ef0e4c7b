package io.weir.core.wire;

import io.netty.channel.Channel;
import io.weir.core.Endpoint;
import io.weir.core.WeirException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A socket on which answers come in the order of the questions. Questions may be submitted from any thread, and as many
 * as one likes before the first answer is there: they meet in an inbox, and one task on the event loop writes all that
 * have gathered with one flush.
 *
 * <p>{@link Connector} opens wires.
 */
public final class FifoWire extends ChannelWire {

    private final WireSettings settings;
    private final WireFigures figures = new WireFigures(this);
    private final FifoQueue queue;
    private final FifoHandler handler;
    private final Inbox<Exchange> inbox;

    private FifoWire(WireSettings settings, Endpoint endpoint, Channel channel) {
        super(settings.socket(), endpoint, channel);
        this.settings = settings;
        this.queue = new FifoQueue(this, figures);
        this.handler = new FifoHandler(this, queue, figures);
        this.inbox = new Inbox<>(loop(), handler::isReading, queue::accept, queue::write);
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

    /** How many questions are under way or wait to be written; a moment's figure. */
    public int pending() {
        return figures.pending();
    }

    /** How long the question whose turn it is has been waiting for its last frame, in nanoseconds; 0: none does. A moment's figure. */
    public long headAge() {
        return figures.headAge();
    }

    /** Whether a frame is there and its reader takes no more, so that all behind him wait; a moment's figure. */
    public boolean isHeldBack() {
        return figures.isHeldBack();
    }

    /** Whom to tell, on the wire's own thread, that a question was answered or a reader takes again. At most one. */
    public void whenFree(Runnable listener) {
        figures.whenFree(listener);
    }

    @Override
    protected void closeSocket(@Nullable WeirException why) {
        handler.close(why);
    }

    /** Takes in what has been submitted. */
    void drain() {
        inbox.drain();
    }

    void resume() {
        if (inLoop()) {
            handler.resume();
        } else {
            later(handler::resume);
        }
    }

    void cancelled(Exchange exchange) {
        later(() -> queue.cancelled(exchange));
    }

    FifoHandler handler() {
        return handler;
    }

    WireSettings settings() {
        return settings;
    }
}
