package io.weir.tdengine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class KillsTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private int logins;
    private boolean over;
    private final Kills kills = new Kills(
            Mono.defer(() -> {
                logins++;
                return Mono.<Session>error(new IllegalStateException("not now"));
            }),
            (nanos, task) -> time.schedule(task, nanos, TimeUnit.NANOSECONDS));

    @AfterEach
    void stopTime() {
        time.dispose();
    }

    @Test
    void whatIsAnsweredWithinThePauseCostsNothing() {
        kills.add(() -> over, 1);
        time.advanceTimeBy(Kills.PAUSE.minusMillis(1));
        over = true;
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(logins).isZero();
    }

    @Test
    void whatCanNotBeKilledIsGivenUpAfterSomeTriesForAllTogether() {
        for (int id = 1; id < 100; id++) {
            kills.add(() -> over, id);
        }
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(logins).isEqualTo(3);
        kills.add(() -> over, 7);
        time.advanceTimeBy(Kills.PAUSE);
        assertThat(logins).isEqualTo(4);
    }
}
