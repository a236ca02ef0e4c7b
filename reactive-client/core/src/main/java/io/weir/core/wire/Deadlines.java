package io.weir.core.wire;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One timer for all limits of a wire, set for the earliest only: a timer per exchange would cost more than the exchange. Who
 * is told looks for what is due, and asks again for the rest. Confined to the event loop.
 */
public final class Deadlines {

    /** Far beyond any use, and far from an overflow of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final EventLoop loop;
    private final LongSupplier clock;
    private final Runnable look;
    private @Nullable Future<?> timer;
    private long firesAt;

    public Deadlines(EventLoop loop, LongSupplier clock, Runnable look) {
        this.loop = loop;
        this.clock = clock;
        this.look = look;
    }

    /** When a limit that began then has passed. */
    public static long end(long start, Duration limit) {
        return start + (limit.compareTo(LONGEST) < 0 ? limit : LONGEST).toNanos();
    }

    /** Looks at the given time at the latest. */
    public void at(long time) {
        if (timer == null || time - firesAt < 0) {
            stop();
            firesAt = time;
            timer = loop.schedule(this::fire, Math.max(0, time - clock.getAsLong()), TimeUnit.NANOSECONDS);
        }
    }

    public void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void fire() {
        timer = null;
        look.run();
    }
}
