package io.weir.core.wire;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;

/**
 * Somebody who wants a wire. He asks at his first demand, waits if he must, and whatever comes first (a wire, an error,
 * the end of his patience, his leaving) is what happens.
 */
abstract class LaneCaller<L extends Lane> implements Subscription, Runnable {

    @SuppressWarnings("rawtypes") // an updater takes the raw class
    private static final AtomicIntegerFieldUpdater<LaneCaller> STATE =
            AtomicIntegerFieldUpdater.newUpdater(LaneCaller.class, "state");

    static final int IDLE = 0;
    static final int WAITING = 1;
    static final int SERVED = 2;
    static final int OVER = 3;

    private final Lanes<L> lanes;
    private final Duration patience;
    private final Deadline deadline;
    private volatile int state = IDLE;
    private volatile @Nullable Disposable timer;
    private long arrivedAt;

    /**
     * @param limit for the whole call, from now on; zero means none
     * @param patience how long it waits for a wire, from its first demand on; zero means no limit of its own
     */
    LaneCaller(Lanes<L> lanes, Duration limit, Duration patience) {
        this.lanes = lanes;
        this.patience = patience;
        this.deadline = Deadline.in(limit, lanes::now);
    }

    final Deadline deadline() {
        return deadline;
    }

    final Lanes<L> lanes() {
        return lanes;
    }

    final int state() {
        return state;
    }

    final boolean turn(int from, int to) {
        return STATE.compareAndSet(this, from, to);
    }

    /** Ends it, whatever it was doing, and tells what that was. */
    final int leave() {
        int before = STATE.getAndSet(this, OVER);
        if (before == WAITING) {
            stopTimer();
            lanes.knock(this);
        }
        return before;
    }

    /** Comes for the first time. */
    final void arrive() {
        if (turn(IDLE, WAITING)) {
            arrivedAt = lanes.now();
            lanes.knock(this);
        }
    }

    /** Nanoseconds since it came. */
    final long waited() {
        return lanes.now() - arrivedAt;
    }

    /** Comes back, because the wire that it got took nothing; its patience does not begin anew. */
    final void comeAgain() {
        lanes.knock(this);
    }

    /** Called within the lanes' drain when it has arrived and when it has left. */
    @Override
    public final void run() {
        if (state == WAITING) {
            lanes.queue(this);
        } else {
            lanes.unqueue(this);
        }
    }

    /** It has come, and may have been served at once. Within the lanes' drain. */
    final void waits() {
        if (state == WAITING) {
            long left = leftToWait();
            if (left != Long.MAX_VALUE) {
                timer = lanes.after(left, this::outOfTime);
                if (state != WAITING) {
                    stopTimer();
                }
            }
        }
    }

    private long leftToWait() {
        long own = patience.isZero() ? Long.MAX_VALUE : Math.max(0, patience.toNanos() - waited());
        Duration all = deadline.left();
        return all.isZero() ? own : Math.min(own, all.toNanos());
    }

    private void outOfTime() {
        if (turn(WAITING, OVER)) {
            lanes.knock(this);
            signalError(lanes.overload(Duration.ofNanos(waited())));
        }
    }

    /** Ends its waiting, unless it has ended. Within the lanes' drain. */
    final boolean claim(int next) {
        if (!turn(WAITING, next)) {
            return false;
        }
        stopTimer();
        return true;
    }

    private void stopTimer() {
        Disposable set = timer;
        if (set != null) {
            set.dispose();
        }
    }

    abstract void signalError(Throwable error);
}
