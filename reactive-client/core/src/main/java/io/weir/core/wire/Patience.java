package io.weir.core.wire;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The limits of all exchanges of one wire on one timer. It is set for the earliest limit only and finds out who is due
 * when it fires: a timer per exchange would cost more than the exchange. Confined to the event loop.
 */
final class Patience {

    /** Far beyond any use, and far from an overflow of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final FifoWire wire;
    private final FifoHandler handler;
    private @Nullable Future<?> timer;
    private long firesAt;

    Patience(FifoWire wire, FifoHandler handler) {
        this.wire = wire;
        this.handler = handler;
    }

    /** Starts to watch an exchange that has just been submitted. */
    void begin(Exchange exchange) {
        if (!exchange.limit().isZero()) {
            exchange.patience = nanos(exchange.limit());
            setFor(exchange);
        }
    }

    /** The answer of this exchange is being drained from now on. */
    void drains(Exchange exchange, Duration limit) {
        exchange.drains = true;
        exchange.patience = Exchange.NEVER;
        if (!limit.isZero()) {
            exchange.patience = wire.now() - exchange.startedAt + nanos(limit);
            setFor(exchange);
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void setFor(Exchange exchange) {
        long at = exchange.startedAt + exchange.patience;
        if (timer == null || at - firesAt < 0) {
            stop();
            firesAt = at;
            timer = wire.loop().schedule(this::fire, Math.max(0, at - wire.now()), TimeUnit.NANOSECONDS);
        }
    }

    private void fire() {
        timer = null;
        long now = wire.now();
        List<Exchange> due = new ArrayList<>();
        for (Iterable<Exchange> queue : List.of(handler.pending(), handler.waiting())) {
            for (Exchange e : queue) {
                if (isDue(e, now)) {
                    due.add(e);
                } else if (e.patience != Exchange.NEVER) {
                    setFor(e);
                }
            }
        }
        for (Exchange e : due) {
            // What the one before set off may have changed the next.
            if (isDue(e, now)) {
                handler.outOfPatience(e);
            }
        }
    }

    private static boolean isDue(Exchange exchange, long now) {
        return exchange.patience != Exchange.NEVER && now - exchange.startedAt >= exchange.patience;
    }

    private static long nanos(Duration limit) {
        return limit.compareTo(LONGEST) < 0 ? limit.toNanos() : LONGEST.toNanos();
    }
}
