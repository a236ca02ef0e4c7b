package io.weir.core.wire;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for what another thread is about to do. */
final class Waits {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration QUIET = Duration.ofMillis(300);

    private Waits() {}

    /** Waits until a figure has not changed for a while. */
    static void untilSettled(LongSupplier figure) {
        long[] last = {figure.getAsLong(), System.nanoTime()};
        until(() -> {
            long now = figure.getAsLong();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return now > 0 && System.nanoTime() - last[1] > QUIET.toNanos();
        });
    }

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not happen within " + PATIENCE);
            }
            LockSupport.parkNanos(500_000);
        }
    }
}
