package io.weir.testkit.compliance;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A program of its own, in a small JVM: reads a result of any size in small helpings, and now and then holds back. */
public final class SlowReader extends BaseSubscriber<Long> {

    private static final int HELPING = 1000;
    private static final int ROWS_BETWEEN_PAUSES = 1_000_000;
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable Throwable failure;
    private long rows;
    private long sum;

    private SlowReader() {}

    /**
     * Runs it in a JVM of 64 MiB of heap and 32 MiB of direct memory.
     *
     * @return what it has printed: how many rows came and the sum of their first column, or how it failed
     */
    public static String inASmallJvm(String url, String sql) throws IOException, InterruptedException {
        Process reader = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=32m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SlowReader.class.getName(),
                        url,
                        sql))
                .redirectErrorStream(true)
                .start();
        String printed = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return reader.waitFor() == 0 ? printed : "failed: " + printed;
    }

    /** Prints how many rows came, and the sum of their first column. */
    public static void main(String[] arguments) throws InterruptedException {
        SlowReader reader = new SlowReader();
        Flux.usingWhen(
                        ConnectionFactories.get(arguments[0]).create(),
                        connection -> Flux.from(
                                        connection.createStatement(arguments[1]).execute())
                                .concatMap(
                                        result -> result.map(row -> Objects.requireNonNull(row.get(0, Long.class))), 0),
                        Connection::close)
                .subscribe(reader);
        reader.over.await();
        Throwable failure = reader.failure;
        if (failure != null) {
            failure.printStackTrace();
            System.exit(1);
        }
        System.out.println("rows=" + reader.rows + " sum=" + reader.sum + " direct=" + directMegabytes() + "MiB");
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        request(HELPING);
    }

    @Override
    protected void hookOnNext(Long value) {
        rows++;
        sum += value;
        if (rows % ROWS_BETWEEN_PAUSES == 0) {
            Schedulers.parallel()
                    .schedule(() -> request(HELPING), PAUSE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
        } else if (rows % HELPING == 0) {
            request(HELPING);
        }
    }

    @Override
    protected void hookOnError(Throwable throwable) {
        failure = throwable;
        over.countDown();
    }

    @Override
    protected void hookOnComplete() {
        over.countDown();
    }

    private static long directMegabytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum()
                >> 20;
    }
}
