package io.weir.core.wire;

import java.util.concurrent.atomic.AtomicInteger;

/** A shared wire and how many callers it serves. */
final class LaneSlot<L extends Lane> {

    private final L lane;
    private final Runnable freed;
    private final AtomicInteger callers = new AtomicInteger();
    private volatile long idleSince;
    /** Belongs to the lanes' drain. */
    private boolean leaving;

    /** @param freed told whenever a caller has left it */
    LaneSlot(L lane, Runnable freed, long now) {
        this.lane = lane;
        this.freed = freed;
        this.idleSince = now;
    }

    L lane() {
        return lane;
    }

    /** A caller may be there who has not written yet, and a request for which no caller is there any longer. */
    int load() {
        return Math.max(callers.get(), lane.pending());
    }

    void take() {
        callers.incrementAndGet();
    }

    void release(long now) {
        idleSince = now;
        callers.decrementAndGet();
        freed.run();
    }

    /** Whether it is of no use to anybody. */
    boolean isIdle() {
        return load() == 0;
    }

    /** It is to take no new work. */
    void leave() {
        leaving = true;
    }

    boolean isFit() {
        return !leaving && lane.isFit();
    }

    /** Whether it will never take work again and has none. */
    boolean isSpent() {
        return !isFit() && isIdle();
    }

    boolean isIdleFor(long nanos, long now) {
        return isIdle() && now - idleSince >= nanos;
    }

    boolean takesWork(LaneSettings settings) {
        return load() < settings.perWire()
                && !lane.isHeldBack()
                && lane.headAge() <= settings.slow().toNanos()
                && isFit();
    }
}
