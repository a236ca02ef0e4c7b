package io.weir.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for what another thread is about to do, and fails after {@link Patience#limit()}. */
public final class Waits {

    private static final Duration QUIET = Duration.ofMillis(300);

    private Waits() {}

    /** Until the condition holds. */
    public static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Patience.limit().toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not happen within " + Patience.limit());
            }
            LockSupport.parkNanos(500_000);
        }
    }

    /** Until the figure is more than zero and has not changed for a while. */
    public static void untilSettled(LongSupplier figure) {
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
}
