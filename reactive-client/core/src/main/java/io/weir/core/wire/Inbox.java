package io.weir.core.wire;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import reactor.util.concurrent.Queues;

/**
 * What other threads want of an event loop. They leave it here, and one task on the loop deals with all that has gathered:
 * one hop per burst instead of one per call.
 */
public final class Inbox<T> {

    private final EventLoop loop;
    private final BooleanSupplier drainsSoon;
    private final Consumer<? super T> each;
    private final Runnable afterBurst;
    private final Queue<T> queue = Queues.<T>unboundedMultiproducer().get();
    private final AtomicInteger knocks = new AtomicInteger();

    /**
     * @param drainsSoon asked on the loop: whether {@link #drain} will be called anyway, at the end of a read
     * @param each takes one thing, on the loop, or on any one thread once the loop has ended
     * @param afterBurst called when all that had gathered was taken
     */
    public Inbox(EventLoop loop, BooleanSupplier drainsSoon, Consumer<? super T> each, Runnable afterBurst) {
        this.loop = loop;
        this.drainsSoon = drainsSoon;
        this.each = each;
        this.afterBurst = afterBurst;
    }

    /** From any thread. */
    public void offer(T thing) {
        queue.offer(thing);
        if (knocks.getAndIncrement() == 0 && !(loop.inEventLoop() && drainsSoon.getAsBoolean())) {
            try {
                loop.execute(this::drain);
            } catch (RejectedExecutionException loopHasEnded) {
                drain();
            }
        }
    }

    /** Takes what has gathered, if anything has. On the loop. */
    public void drain() {
        int heard = knocks.get();
        while (heard != 0) {
            for (T thing = queue.poll(); thing != null; thing = queue.poll()) {
                each.accept(thing);
            }
            afterBurst.run();
            heard = knocks.addAndGet(-heard);
        }
    }
}
