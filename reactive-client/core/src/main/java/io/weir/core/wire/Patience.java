package io.weir.core.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The limits of all exchanges of one FIFO wire, and of the draining of their answers. Confined to the event loop. */
final class Patience {

    private final FifoWire wire;
    private final FifoQueue queue;
    private final Deadlines deadlines;

    Patience(FifoWire wire, FifoQueue queue) {
        this.wire = wire;
        this.queue = queue;
        this.deadlines = new Deadlines(wire.loop(), wire::now, this::look);
    }

    /** Starts to watch an exchange that has just been submitted. */
    void begin(Exchange exchange) {
        if (!exchange.limit().isZero()) {
            watch(exchange, Deadlines.end(exchange.startedAt, exchange.limit()));
        }
    }

    /** The answer of this exchange is being drained from now on; a limit of zero is none. */
    void drains(Exchange exchange, Duration limit) {
        exchange.drains = true;
        exchange.hasDeadline = false;
        if (!limit.isZero()) {
            watch(exchange, Deadlines.end(wire.now(), limit));
        }
    }

    void stop() {
        deadlines.stop();
    }

    private void watch(Exchange exchange, long deadline) {
        exchange.hasDeadline = true;
        exchange.deadline = deadline;
        deadlines.at(deadline);
    }

    private void look() {
        long now = wire.now();
        List<Exchange> due = new ArrayList<>();
        for (Iterable<Exchange> all : List.of(queue.pending(), queue.waiting())) {
            for (Exchange e : all) {
                if (isDue(e, now)) {
                    due.add(e);
                } else if (e.hasDeadline) {
                    deadlines.at(e.deadline);
                }
            }
        }
        for (Exchange e : due) {
            // What the one before set off may have changed the next.
            if (isDue(e, now)) {
                queue.outOfPatience(e);
            }
        }
    }

    private static boolean isDue(Exchange exchange, long now) {
        return exchange.hasDeadline && exchange.deadline - now <= 0;
    }
}
