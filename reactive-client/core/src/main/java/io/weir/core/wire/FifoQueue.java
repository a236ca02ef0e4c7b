package io.weir.core.wire;

import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges on a FIFO wire in the order of their questions: those that wait to be written, and those whose answers are
 * to come. The first of these is the head, whose turn it is. Confined to the event loop.
 */
final class FifoQueue {

    private final FifoWire wire;
    private final WireFigures figures;
    private final Endings endings;
    private final ArrayDeque<Exchange> pending = new ArrayDeque<>();
    private final Outbox outbox;
    private final Patience patience;

    FifoQueue(FifoWire wire, WireFigures figures) {
        this.wire = wire;
        this.figures = figures;
        this.endings = new Endings(wire);
        this.outbox = new Outbox(wire, endings, pending);
        this.patience = new Patience(wire, this);
    }

    Iterable<Exchange> pending() {
        return pending;
    }

    Iterable<Exchange> waiting() {
        return outbox.waiting();
    }

    @Nullable Exchange head() {
        return pending.peek();
    }

    // --- questions ------------------------------------------------------------------------------------------------

    void accept(Exchange exchange) {
        exchange.accepted = true;
        exchange.startedAt = wire.now();
        if (exchange.isCancelled()) {
            endings.ended(exchange);
            return;
        }
        if (wire.end().hasBegun()) {
            endings.failed(exchange, loss(exchange, Sent.NO));
            return;
        }
        patience.begin(exchange);
        outbox.waiting().add(exchange);
        wire.handler().beginReading();
    }

    void write() {
        if (!wire.end().hasBegun()) {
            outbox.write();
            if (!wire.handler().isReading()) {
                outbox.flush();
            }
        }
        count();
        if (!figures.isSomebodysTurn() && !pending.isEmpty()) {
            figures.turnBegins(wire.now());
        }
    }

    void flush() {
        outbox.flush();
    }

    private void count() {
        figures.pending(pending.size() + outbox.waiting().size());
    }

    // --- ends before the last frame -------------------------------------------------------------------------------

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
            wire.guarded(exchange::cancelled);
        }
        wire.handler().resume();
    }

    /** A limit has passed: first that of the exchange, then that of its drain. */
    void outOfPatience(Exchange exchange) {
        if (exchange.isOver()) {
            return;
        }
        if (outbox.waiting().remove(exchange)) {
            endings.failed(exchange, timeout(exchange, Sent.NO));
        } else if (exchange.drains) {
            Duration limit = wire.settings().drainLimit();
            wire.closeSocket(wire.reports().drainLimit(exchange.operation(), limit));
        } else {
            drain(exchange);
            WeirException late = timeout(exchange, outbox.sent(exchange));
            // One that was cancelled a moment ago only has not been told yet.
            wire.guarded(exchange.isCancelled() ? exchange::cancelled : () -> exchange.failOnce(late));
            wire.handler().resume();
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

    /** The head has had its last frame, in what was read at this time: the turn of the next one begins. */
    void answered(long at) {
        Exchange head = pending.remove();
        count();
        Exchange next = pending.peek();
        if (next == null) {
            figures.turnEnds();
        } else {
            figures.turnBegins(at);
        }
        endings.ended(head);
        if (next != null && next.drains) {
            drain(next);
        }
        figures.freed();
    }

    /** What came for it can not be understood. */
    void broken(Exchange head, WeirException why) {
        pending.remove(head);
        endings.failed(head, why);
    }

    /** The socket is gone. */
    void lost() {
        patience.stop();
        for (Exchange e = pending.poll(); e != null; e = pending.poll()) {
            endings.failed(e, loss(e, outbox.sent(e)));
        }
        for (Exchange e = outbox.waiting().poll();
                e != null;
                e = outbox.waiting().poll()) {
            endings.failed(e, loss(e, Sent.NO));
        }
        count();
        wire.end().tell(sinceOut(), sinceIn());
    }

    private WeirException loss(Exchange exchange, Sent sent) {
        return wire.end().loss(exchange.operation(), sent, sinceOut(), sinceIn());
    }

    private long sinceOut() {
        return wire.now() - outbox.lastOut();
    }

    private long sinceIn() {
        return wire.now() - wire.handler().lastIn();
    }
}
