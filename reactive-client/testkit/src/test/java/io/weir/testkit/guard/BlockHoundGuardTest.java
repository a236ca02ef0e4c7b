package io.weir.testkit.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class BlockHoundGuardTest {

    @Test
    void aBlockingCallOnANonBlockingThreadIsCaught() {
        StepVerifier.create(Mono.fromCallable(() -> {
                            new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
                            return 1;
                        })
                        .subscribeOn(Schedulers.parallel()))
                .expectErrorSatisfies(error -> assertThat(error).isInstanceOf(BlockingOperationError.class))
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void aClassFailsWhereBlockHoundIsNotAtWork() {
        Runs.of(WithoutBlockHound.class)
                .containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(message(text -> text.startsWith("BlockHound is not at work")
                                && text.contains("WithoutBlockHound may not run")))));
    }

    @Test
    void aClassRunsWhereBlockHoundIsAtWork() {
        Runs.of(WithBlockHound.class).testEvents().assertStatistics(statistics -> statistics.succeeded(1));
    }

    static class WithoutBlockHound {

        @RegisterExtension
        static final BlockHoundGuard GUARD = new BlockHoundGuard(() -> false);

        @Test
        void wouldPass() {}
    }

    static class WithBlockHound {

        @RegisterExtension
        static final BlockHoundGuard GUARD = new BlockHoundGuard();

        @Test
        void passes() {}
    }
}
