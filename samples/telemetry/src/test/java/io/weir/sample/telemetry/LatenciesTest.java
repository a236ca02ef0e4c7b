package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void withoutAQueryNothingIsKnown() {
        assertThat(latencies.current()).isEqualTo(new Snapshot.Latency(-1, -1));
    }

    @Test
    void ofAHundredTheMiddleAndTheWorstButOneAreShown() {
        for (int i = 100; i >= 1; i--) {
            latencies.add(Duration.ofMillis(i));
        }

        assertThat(latencies.current()).isEqualTo(new Snapshot.Latency(50, 99));
    }

    @Test
    void oldOnesAreForgotten() {
        latencies.add(Duration.ofHours(1));
        for (int i = 0; i < 512; i++) {
            latencies.add(Duration.ofMillis(2));
        }

        assertThat(latencies.current()).isEqualTo(new Snapshot.Latency(2, 2));
    }
}
