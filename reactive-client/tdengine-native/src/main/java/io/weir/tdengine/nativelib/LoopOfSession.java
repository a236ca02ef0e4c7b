package io.weir.tdengine.nativelib;

import io.netty.channel.EventLoop;
import io.weir.core.wire.Timers;
import io.weir.core.wire.WireLoop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import reactor.core.Disposable;

/** The event loop on which everything about a session happens. */
final class LoopOfSession implements WireLoop {

    private final EventLoop loop;

    LoopOfSession(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public boolean inLoop() {
        return loop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** In a later turn; at once if there are no more turns. */
    void later(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException loopHasEnded) {
            task.run();
        }
    }

    /** Now, if this is the loop. */
    void run(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            later(task);
        }
    }

    Disposable after(Duration time, Runnable task) {
        return Timers.on(loop, Math.max(0, time.toNanos()), task);
    }
}
