package io.weir.iotdb.chaos;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts what went well, and lets the one who makes trouble wait until enough has. */
final class Progress {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private long done;

    synchronized void one() {
        done++;
        notifyAll();
    }

    synchronized long done() {
        return done;
    }

    /** Waits for so many more calls that go well; fails when there is not one for a minute. */
    synchronized void awaitMore(long calls) throws InterruptedException {
        long wanted = done + calls;
        long last = done;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (done < wanted) {
            if (done > last) {
                last = done;
                end = System.nanoTime() + PATIENCE.toNanos();
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("No call went well for " + PATIENCE.toSeconds() + " s, after " + done);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
