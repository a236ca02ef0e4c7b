package io.weir.tdengine.nativelib;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Threads on which the library may block; the only ones. As many as were told, started when they are needed, ended by
 * {@link #close}.
 *
 * <p>Of our own, because event loops hand work over, and an executor's queue would let them wait for its lock.
 */
final class Workers {

    private final String name;
    private final int most;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final Semaphore tasks = new Semaphore(0);
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();
    private final AtomicInteger started = new AtomicInteger();
    /** Threads, and one more until it is closed. */
    private final AtomicInteger alive = new AtomicInteger(1);

    /** What will still have work for the threads, and one more until it is closed. */
    private final AtomicInteger kept = new AtomicInteger(1);

    private final Sinks.Empty<Void> ended = Sinks.empty();
    private final AtomicBoolean closed = new AtomicBoolean();

    Workers(String name, int most) {
        this.name = name;
        this.most = most;
    }

    /** How many tasks wait for a thread. */
    int waiting() {
        return waiting.get();
    }

    /**
     * Lets the threads be there until {@link #letGo}, for something that will have to be given back on one of them; false if
     * it is too late for that.
     */
    boolean keep() {
        return kept.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    void letGo() {
        if (kept.decrementAndGet() == 0) {
            tasks.release();
            left();
        }
    }

    /** Hands a task over; from any thread, without waiting. Not after {@link #close}, but for what was kept. */
    void execute(Runnable task) {
        waiting.incrementAndGet();
        queue.add(task);
        int threads = started.get();
        if (idle.get() < waiting.get() && threads < most && started.compareAndSet(threads, threads + 1)) {
            alive.incrementAndGet();
            Thread thread = new Thread(this::work, name + "-" + (threads + 1));
            thread.setDaemon(true);
            thread.start();
        }
        tasks.release();
    }

    private void work() {
        while (true) {
            idle.incrementAndGet();
            tasks.acquireUninterruptibly();
            idle.decrementAndGet();
            Runnable task = queue.poll();
            if (task == null) {
                // The permit of the end, which is for everybody.
                tasks.release();
                left();
                return;
            }
            waiting.decrementAndGet();
            run(task);
        }
    }

    /** No task means to throw; but a thread that is lost without a word would leave {@link #close} waiting for it. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error unexpected) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, unexpected);
        }
    }

    /** Lets what was handed over and what was kept be done, then ends the threads; completes on the last of them. */
    Mono<Void> close() {
        return Mono.defer(() -> {
            if (closed.compareAndSet(false, true)) {
                letGo();
            }
            return ended.asMono();
        });
    }

    private void left() {
        if (alive.decrementAndGet() == 0) {
            ended.tryEmitEmpty();
        }
    }
}
