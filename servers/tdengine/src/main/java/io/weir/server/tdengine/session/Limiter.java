package io.weir.server.tdengine.session;

import io.weir.server.tdengine.manner.Manner;
import io.weir.server.tdengine.manner.Manners;
import io.weir.server.tdengine.sql.TaosError;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** At most so many SELECTs per user: a slot is held until the result is freed. */
public final class Limiter {

    private static final int CODE = 0xfffe;

    private final Manners manners;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private int taken;
    private int waiting;

    Limiter(Manners manners) {
        this.manners = manners;
    }

    /** Takes a slot, to be given back by running what it returns, once. */
    public Runnable enter(String sql) {
        if (!sql.stripLeading().regionMatches(true, 0, "select", 0, 6) || manners.number(Manner.LIMITER_SLOTS) == 0) {
            return () -> {};
        }
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(manners.number(Manner.LIMITER_WAIT_MILLIS));
            if (taken >= manners.number(Manner.LIMITER_SLOTS) && waiting >= manners.number(Manner.LIMITER_QUEUE)) {
                throw new TaosError(CODE, "[0xfffe] request wait queue is full, please try again later");
            }
            waiting++;
            try {
                while (taken >= manners.number(Manner.LIMITER_SLOTS)) {
                    nanos = nanos <= 0 ? 0 : freed.awaitNanos(nanos);
                    if (nanos <= 0) {
                        throw new TaosError(CODE, "[0xfffe] request wait timeout, please try again later");
                    }
                }
            } finally {
                waiting--;
            }
            taken++;
            return this::leave;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaosError(CODE, "[0xfffe] request wait timeout, please try again later");
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            taken--;
            freed.signal();
        } finally {
            lock.unlock();
        }
    }
}
