package io.weir.tdengine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ClientEvents;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.protocol.JsonRequest.Login;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A reader whose connection is not to be had. */
class PollingTest {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final AtomicInteger tries = new AtomicInteger();

    @AfterEach
    void stopTime() {
        time.dispose();
    }

    private ConsumerLink link(Duration patience) {
        Mono<ConsumerWire> refusedAtOnce = Mono.defer(() -> {
            tries.incrementAndGet();
            return Mono.error(
                    WeirException.of(ErrorKind.CONNECT, "nobody there").build());
        });
        return new ConsumerLink(
                refusedAtOnce,
                new ConsumerSettings(
                        new SubscriptionSpec("g", List.of("t"), null, "earliest", false, Map.of()),
                        new Login("root", "taosdata", null, null, null, null, null, null, null, false),
                        Duration.ofSeconds(1),
                        Duration.ZERO,
                        patience,
                        () -> Duration.ZERO,
                        ZoneOffset.UTC,
                        ClientEvents.NONE,
                        (nanos, task) -> time.schedule(task, nanos, TimeUnit.NANOSECONDS)));
    }

    @Test
    void whatFailsBeforeItsSubscriptionIsKnownIsTriedAgainAfterEachPause() {
        Disposable reader = link(Duration.ofHours(1)).deliveries().subscribe();
        assertThat(tries).hasValue(1);
        for (int again = 2; again < 20; again++) {
            time.advanceTimeBy(PAUSE.minusMillis(1));
            assertThat(tries).hasValue(again - 1);
            time.advanceTimeBy(Duration.ofMillis(1));
            assertThat(tries).hasValue(again);
        }
        reader.dispose();
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(tries).hasValue(19);
    }

    @Test
    void whoHasNoPatienceHearsOfTheFirstFailure() {
        AtomicInteger failures = new AtomicInteger();
        link(Duration.ZERO).deliveries().subscribe(delivery -> {}, error -> failures.incrementAndGet());
        assertThat(tries).hasValue(1);
        assertThat(failures).hasValue(1);
    }
}
