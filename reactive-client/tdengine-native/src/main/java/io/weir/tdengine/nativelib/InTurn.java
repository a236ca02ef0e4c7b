package io.weir.tdengine.nativelib;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One call after another: the library wants no two calls of a consumer at a time. From any thread, without waiting. */
final class InTurn {

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /** @param threads where it is left to run, once those before it have ended */
    void execute(Consumer<Runnable> threads, Runnable work) {
        waiting.add(() -> threads.accept(() -> run(work)));
        if (count.getAndIncrement() == 0) {
            waiting.remove().run();
        }
    }

    private void run(Runnable work) {
        try {
            work.run();
        } finally {
            if (count.decrementAndGet() > 0) {
                waiting.remove().run();
            }
        }
    }
}
