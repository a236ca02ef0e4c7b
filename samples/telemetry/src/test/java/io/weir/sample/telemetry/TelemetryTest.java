package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class TelemetryTest {

    @Test
    void aTerminalThatIsSlowerThanTheTicksMissesPicturesAndNothingPilesUp() {
        Shown shown = new Shown();
        Telemetry telemetry = new Telemetry(new SampleOptions(1_000, 0, 0), shown);
        // Its thread does not come to work until it is told to: as slow as can be.
        Deque<Runnable> work = new ArrayDeque<>();

        telemetry
                .frames(Flux.range(0, 10_000).map(Long::valueOf), Schedulers.fromExecutor(work::add))
                .subscribe();
        assertThat(shown.pictures).isZero();
        while (!work.isEmpty()) {
            work.remove().run();
        }

        assertThat(shown.pictures).isEqualTo(1);
    }

    private static final class Shown implements Display {
        private int pictures;

        @Override
        public Duration pace() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void open() {}

        @Override
        public void show(Snapshot now) {
            pictures++;
        }

        @Override
        public void close() {}
    }
}
