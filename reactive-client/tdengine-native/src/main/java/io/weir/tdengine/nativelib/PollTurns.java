package io.weir.tdengine.nativelib;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Polls wait inside the library, on the threads that all else needs as well. So no more than half of these wait at a time;
 * and a poll waits for a short while only, and shorter if others stand behind it, so that all have their turn.
 */
final class PollTurns {

    private static final long ALONE_MILLIS = 100;
    private static final long IN_COMPANY_MILLIS = 10;

    private final Workers workers;
    private final int most;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();

    /** @param threads how many there are for all work */
    PollTurns(Workers workers, int threads) {
        this.workers = workers;
        this.most = Math.max(1, threads / 2);
    }

    /** Runs a poll when it is its turn; from any thread, without waiting. */
    void execute(Runnable poll) {
        waiting.add(poll);
        begin();
    }

    private void begin() {
        while (!waiting.isEmpty()) {
            int before = running.get();
            if (before >= most) {
                // Whoever ends looks again.
                return;
            }
            if (running.compareAndSet(before, before + 1)) {
                Runnable next = waiting.poll();
                if (next == null) {
                    running.decrementAndGet();
                } else {
                    workers.execute(() -> run(next));
                }
            }
        }
    }

    private void run(Runnable poll) {
        try {
            poll.run();
        } finally {
            running.decrementAndGet();
            begin();
        }
    }

    /** How long a poll may wait that begins now, in milliseconds. */
    long patience() {
        return waiting.isEmpty() && workers.waiting() == 0 ? ALONE_MILLIS : IN_COMPANY_MILLIS;
    }
}
