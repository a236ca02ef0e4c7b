package io.weir.core.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.util.concurrent.Queues;

/**
 * Where everything about lanes happens, one thing after the other and without a lock: whoever comes first works for all
 * who come meanwhile. What may take long or come back at once (callers, wires) is called when that is done.
 */
final class LaneDrain {

    private final Timers timers;
    private final Runnable turn;
    private final Queue<Runnable> inbox =
            Queues.<Runnable>unboundedMultiproducer().get();
    private final AtomicInteger knocks = new AtomicInteger();
    private List<Runnable> outside = new ArrayList<>();

    /** @param turn what is to be done whenever somebody has knocked, after the tasks that were left */
    LaneDrain(Timers timers, Runnable turn) {
        this.timers = timers;
        this.turn = turn;
    }

    /** From any thread. */
    void knock(Runnable task) {
        inbox.offer(task);
        knock();
    }

    /** From any thread. */
    void knock() {
        if (knocks.getAndIncrement() != 0) {
            return;
        }
        List<Runnable> mine = List.of();
        int heard = 1;
        do {
            for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
                task.run();
            }
            turn.run();
            mine = taken(mine);
            heard = knocks.addAndGet(-heard);
        } while (heard != 0);
        mine.forEach(Runnable::run);
    }

    private List<Runnable> taken(List<Runnable> before) {
        if (outside.isEmpty()) {
            return before;
        }
        List<Runnable> all = outside;
        outside = new ArrayList<>();
        all.addAll(0, before);
        return all;
    }

    /** Within the drain: to be run behind it, by the same thread, in the order of these calls. */
    void outside(Runnable call) {
        outside.add(call);
    }

    /** Knocks after a while, unless disposed of before. */
    Disposable knockAfter(long nanos, Runnable task) {
        return after(nanos, () -> knock(task));
    }

    /** Runs a task after a while, not within the drain, unless disposed of before. */
    Disposable after(long nanos, Runnable task) {
        try {
            return timers.after(nanos, task);
        } catch (RejectedExecutionException programEnds) {
            return Disposables.disposed();
        }
    }
}
