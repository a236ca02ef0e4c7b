package io.weir.core.wire;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;

/** Runs what is due later, on an event loop; in tests when the test says so. */
@FunctionalInterface
public interface Timers {

    /**
     * Runs a task after a while, unless disposed of before.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the loops have ended
     */
    Disposable after(long nanos, Runnable task);

    /** On this loop. */
    static Disposable on(EventLoop loop, long nanos, Runnable task) {
        Future<?> timer = loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
        return new Disposable() {
            @Override
            public void dispose() {
                timer.cancel(false);
            }

            @Override
            public boolean isDisposed() {
                return timer.isDone();
            }
        };
    }
}
