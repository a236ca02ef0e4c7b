package io.weir.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.ErrorKind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicrometerEventsTest {

    private static final String AT = "h:1";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerEvents events = new MicrometerEvents(registry);

    @AfterEach
    void close() {
        registry.close();
    }

    private double count(String meter, String... tags) {
        return registry.get(meter).tags(tags).counter().count();
    }

    private double open(String system, String endpoint) {
        return registry.get("weir.client.connections")
                .tags("system", system, "endpoint", endpoint)
                .gauge()
                .value();
    }

    @Test
    void timesConnectsByTheirOutcome() {
        events.connected("iotdb", AT, Duration.ofMillis(30));
        events.connected("iotdb", AT, Duration.ofMillis(50));
        events.connectFailed("iotdb", AT, Duration.ofMillis(7), ErrorKind.AUTH);

        Timer good = registry.get("weir.client.connect")
                .tags("system", "iotdb", "endpoint", AT, "outcome", "success")
                .timer();
        Timer bad = registry.get("weir.client.connect").tags("outcome", "error").timer();
        assertThat(good.count()).isEqualTo(2);
        assertThat(good.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(80);
        assertThat(bad.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(7);
        assertThat(count("weir.client.errors", "operation", "connect", "kind", "auth"))
                .isEqualTo(1);
    }

    @Test
    void timesExchangesByOperationAndOutcome() {
        events.exchanged("iotdb", AT, "query", Duration.ofMillis(3));
        events.exchanged("iotdb", AT, "fetch", Duration.ofMillis(4));
        events.exchangeFailed("iotdb", AT, "query", Duration.ofMillis(5), ErrorKind.BAD_REQUEST);

        assertThat(registry.get("weir.client.exchange")
                        .tags("operation", "query", "outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("weir.client.exchange")
                        .tags("operation", "fetch", "outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("weir.client.exchange")
                        .tags("operation", "query", "outcome", "error")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(count("weir.client.errors", "operation", "query", "kind", "bad_request"))
                .isEqualTo(1);
    }

    @Test
    void countsRows() {
        events.rows("iotdb", AT, 1000);
        events.rows("iotdb", AT, 0);
        events.rows("iotdb", AT, 24);
        events.rows("tidb", AT, 5);

        assertThat(count("weir.client.rows", "system", "iotdb", "endpoint", AT)).isEqualTo(1024);
        assertThat(count("weir.client.rows", "system", "tidb")).isEqualTo(5);
    }

    @Test
    void showsHowManyConnectionsAreOpen() {
        events.connected("iotdb", AT, Duration.ZERO);
        events.connected("iotdb", AT, Duration.ZERO);
        events.connected("iotdb", "h:2", Duration.ZERO);
        events.disconnected("iotdb", AT, false);
        events.connectFailed("iotdb", AT, Duration.ZERO, ErrorKind.CONNECT);
        assertThat(open("iotdb", AT)).isEqualTo(1);
        assertThat(open("iotdb", "h:2")).isEqualTo(1);

        events.disconnected("iotdb", AT, true);
        System.gc(); // a gauge that nobody holds would be NaN now
        assertThat(open("iotdb", AT)).isZero();
        assertThat(count("weir.client.errors", "operation", "connection", "kind", "closed"))
                .isEqualTo(1);
    }

    @Test
    void madeUpNamesCanNotFillTheRegistry() {
        int many = 3 * MicrometerEvents.MOST_NAMES;
        for (int i = 0; i < many; i++) {
            events.connected("iotdb", "h:" + i, Duration.ZERO);
            events.exchanged("iotdb", "h:0", "operation " + i, Duration.ZERO);
            events.rows("iotdb", "h:" + i, 1);
        }

        assertThat(registry.find("weir.client.connect").timers()).hasSize(MicrometerEvents.MOST_NAMES + 1);
        assertThat(registry.find("weir.client.exchange").timers()).hasSize(MicrometerEvents.MOST_NAMES + 1);
        assertThat(count("weir.client.rows", "endpoint", "other")).isEqualTo(many - MicrometerEvents.MOST_NAMES);
        assertThat(open("iotdb", "other")).isEqualTo(many - MicrometerEvents.MOST_NAMES);
        events.disconnected("iotdb", "h:" + (many - 1), false);
        assertThat(open("iotdb", "other")).isEqualTo(many - MicrometerEvents.MOST_NAMES - 1);
    }

    /** Prometheus takes a meter only if its tags have the same keys each time. */
    @Test
    void aMeterHasTheSameTagKeysEachTime() {
        events.connected("iotdb", AT, Duration.ZERO);
        events.connectFailed("iotdb", AT, Duration.ZERO, ErrorKind.AUTH);
        events.exchanged("iotdb", AT, "query", Duration.ZERO);
        events.exchangeFailed("iotdb", AT, "query", Duration.ZERO, ErrorKind.AUTH);
        events.rows("iotdb", AT, 1);
        events.disconnected("iotdb", AT, true);

        assertThat(registry.getMeters().stream()
                        .map(Meter::getId)
                        .map(id -> id.getName() + " "
                                + id.getTags().stream().map(tag -> tag.getKey()).toList()))
                .containsOnly(
                        "weir.client.connect [endpoint, outcome, system]",
                        "weir.client.exchange [endpoint, operation, outcome, system]",
                        "weir.client.rows [endpoint, system]",
                        "weir.client.errors [endpoint, kind, operation, system]",
                        "weir.client.connections [endpoint, system]");
    }

    @Test
    void countsFromManyThreads() throws Exception {
        int threads = 4;
        int each = 500;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            var running = IntStream.range(0, threads)
                    .<Future<?>>mapToObj(t -> pool.submit(() -> {
                        start.await();
                        for (int i = 0; i < each; i++) {
                            events.connected("iotdb", "h:" + (i % 150), Duration.ZERO);
                            events.disconnected("iotdb", "h:" + (i % 150), false);
                            events.rows("iotdb", AT, 1);
                        }
                        return null;
                    }))
                    .toList();
            start.countDown();
            for (Future<?> one : running) {
                one.get(10, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(registry.find("weir.client.rows").counters().stream()
                        .mapToDouble(c -> c.count())
                        .sum())
                .isEqualTo(threads * each);
        assertThat(registry.find("weir.client.connections").gauges())
                .hasSizeLessThanOrEqualTo(MicrometerEvents.MOST_NAMES + 1)
                .allSatisfy(gauge -> assertThat(gauge.value()).isZero());
    }
}
