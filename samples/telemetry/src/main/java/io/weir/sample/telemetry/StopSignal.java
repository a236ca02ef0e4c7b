package io.weir.sample.telemetry;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Ctrl-C as a publisher. The JVM waits with its end until everything is closed, though not for ever. */
final class StopSignal {

    private static final long PATIENCE_SECONDS = 4;

    private final Sinks.Empty<Void> given = Sinks.empty();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::give, "stop");

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Completes when the JVM was asked to end. */
    Mono<Void> asMono() {
        return given.asMono();
    }

    /**
     * Takes the hook back, for an end of our own.
     *
     * @return false if the JVM is already ending: the one sign that comes even before the hook has run
     */
    boolean withdraw() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endHasBegun) {
            return false;
        }
    }

    /** Everything is closed: the JVM may end. */
    void done() {
        done.countDown();
    }

    private void give() {
        given.tryEmitEmpty();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("Not all is closed after " + PATIENCE_SECONDS + " s; ending anyway.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
