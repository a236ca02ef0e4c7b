package io.weir.http.websocket;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to do. */
final class Waits {

    private Waits() {}

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + io.weir.testkit.Patience.limit().toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not happen");
            }
            LockSupport.parkNanos(500_000);
        }
    }
}
