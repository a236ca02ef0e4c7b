package io.weir.testkit.guard;

import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ThreadGuardTest {

    private static final CountDownLatch END = new CountDownLatch(1);

    @Test
    void aThreadThatNobodyEndsFailsItsClass() {
        var results = Runs.of(LeavesAThread.class);
        END.countDown();
        results.containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(message(
                                text -> text.startsWith("The class left a thread") && text.contains("forgotten")))));
    }

    static class LeavesAThread {

        @RegisterExtension
        static final ThreadGuard GUARD = new ThreadGuard(Duration.ofMillis(50));

        @Test
        void starts() {
            new Thread(
                            () -> {
                                try {
                                    END.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            },
                            "forgotten")
                    .start();
        }
    }
}
