package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Backoff;
import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class HostWatchTest {

    private static final Endpoint A = new Endpoint("a", 1);
    private static final Endpoint B = new Endpoint("b", 1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    // Without chance: 200 ms, 400 ms and so on, up to 1 s.
    private final Endpoints endpoints = Endpoints.of(
            List.of(A, B),
            Endpoints.Choice.LEAST_CONNECTIONS,
            new Backoff.Timing(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMinutes(1)),
            () -> time.now(TimeUnit.NANOSECONDS),
            () -> 1.0);
    private final List<String> probed = new ArrayList<>();
    private int back;
    private Mono<Void> answer = down(ErrorKind.CONNECT);
    private final HostWatch watch = new HostWatch(
            endpoints,
            host -> {
                probed.add(host + " at " + time.now(TimeUnit.MILLISECONDS));
                return answer;
            },
            (nanos, task) -> time.schedule(task, nanos, TimeUnit.NANOSECONDS),
            () -> back++);

    @AfterEach
    void stopTime() {
        watch.dispose();
        time.dispose();
    }

    private static Mono<Void> down(ErrorKind kind) {
        return Mono.error(() -> WeirException.of(kind, "down").build());
    }

    @Test
    void nothingHappensWhileAllAreWell() {
        endpoints.backoff(A).succeeded();
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(probed).isEmpty();
        assertThat(back).isZero();
    }

    @Test
    void aHostThatHasFailedIsAskedWheneverItsBackOffLetsIt() {
        endpoints.backoff(B).failed(new IllegalStateException("lost"));
        time.advanceTimeBy(Duration.ofMillis(3700));
        assertThat(probed).containsExactly("b:1 at 200", "b:1 at 600", "b:1 at 1400", "b:1 at 2400", "b:1 at 3400");
        answer = Mono.empty();
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(back).isEqualTo(1);
        assertThat(endpoints.backoff(B).state().isWell()).isTrue();
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(probed).hasSize(6);
    }

    @Test
    void whatOthersFindOutCountsToo() {
        endpoints.backoff(A).failed(new IllegalStateException("lost"));
        endpoints.backoff(A).succeeded();
        assertThat(back).isEqualTo(1);
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(probed).isEmpty();
    }

    @Test
    void aHostThatDoesNotWantUsIsNotAskedOn() {
        answer = down(ErrorKind.AUTH);
        endpoints.backoff(A).failed(new IllegalStateException("lost"));
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(probed).containsExactly("a:1 at 200");
        assertThat(back).isZero();
    }

    @Test
    void noMoreIsAskedOnceItIsOver() {
        endpoints.backoff(A).failed(new IllegalStateException("lost"));
        watch.dispose();
        time.advanceTimeBy(Duration.ofHours(1));
        endpoints.backoff(B).failed(new IllegalStateException("lost"));
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(probed).isEmpty();
    }

    @Test
    void aBusyHostIsNotAskedForASignOfLifeUnlessItIsLostAsWell() {
        endpoints.backoff(A).rejected(new IllegalStateException("busy"));
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(probed).isEmpty();
        answer = Mono.empty();
        endpoints.backoff(A).failed(new IllegalStateException("lost"));
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(probed).hasSize(1);
        assertThat(back).isEqualTo(1);
    }
}
