package io.weir.testkit.guard;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test class that leaves a thread behind which would keep a user's program from ending: one that is no daemon.
 * Threads that are about to end get a few seconds. Registered for all tests.
 */
public final class ThreadGuard implements BeforeAllCallback, AfterAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    // Jupiter's watcher of @Timeout lives as long as the run.
    private static final String OF_JUNIT = "junit-";

    private static final Namespace OURS = Namespace.create(ThreadGuard.class);

    private final Duration patience;

    public ThreadGuard() {
        this(PATIENCE);
    }

    ThreadGuard(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(OURS).put(context.getUniqueId(), new Before(holding()));
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        Before before = context.getStore(OURS).remove(context.getUniqueId(), Before.class);
        if (before == null) {
            return;
        }
        long end = System.nanoTime() + patience.toNanos();
        for (Thread thread : holding()) {
            if (!before.threads.contains(thread)) {
                thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                if (thread.isAlive()) {
                    throw new AssertionError("The class left a thread that keeps the program from ending: "
                            + thread.getName() + ", now at " + Arrays.toString(thread.getStackTrace()));
                }
            }
        }
    }

    private static Set<Thread> holding() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && !thread.getName().startsWith(OF_JUNIT))
                .collect(Collectors.toSet());
    }

    private record Before(Set<Thread> threads) {}
}
