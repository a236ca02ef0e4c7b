package io.weir.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MeterTest {

    private static volatile byte[] sink = new byte[0];

    @Test
    void whatThisThreadAllocatesIsCounted() {
        Meter meter = Meter.start();
        sink = new byte[10_000_000];
        Sample sample = meter.stop(new Run(0, new Checksum(), new Latencies()));

        assertThat(sample.allocatedBytes()).isGreaterThanOrEqualTo(sink.length);
    }

    @Test
    void whatOtherThreadsAllocateIsCountedToo() throws InterruptedException {
        CountDownLatch allocated = new CountDownLatch(1);
        CountDownLatch counted = new CountDownLatch(1);
        Meter meter = Meter.start();
        Thread other = new Thread(() -> {
            sink = new byte[10_000_000];
            allocated.countDown();
            awaitQuietly(counted);
        });
        other.start();
        allocated.await();
        Sample sample = meter.stop(new Run(0, new Checksum(), new Latencies()));
        counted.countDown();
        other.join();

        assertThat(sample.allocatedBytes()).isGreaterThanOrEqualTo(sink.length);
    }

    @Test
    void aThreadThatEndedIsReported() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread other = new Thread(() -> awaitQuietly(end));
        other.start();
        Meter meter = Meter.start();
        end.countDown();
        other.join();

        assertThat(meter.stop(new Run(0, new Checksum(), new Latencies())).threadsEnded())
                .isGreaterThanOrEqualTo(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
