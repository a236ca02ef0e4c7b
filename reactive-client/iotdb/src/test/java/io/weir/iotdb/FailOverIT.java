package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.server.iotdb.IotdbServer;
import io.weir.server.iotdb.IotdbServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Two servers that know nothing of each other, as the hosts of one client; one of them is killed under load. */
class FailOverIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CALLERS = 16;

    private final AtomicLong next = new AtomicLong();
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<Long, WeirException> failed = new ConcurrentHashMap<>();

    @Test
    void newWorkGoesOnAndEachLostCallSaysWhetherItMayHaveRun() throws InterruptedException {
        IotdbServerOptions small = IotdbServerOptions.defaults().withHeapMegabytes(512);
        try (IotdbServer first = IotdbServer.start(small);
                IotdbServer second = IotdbServer.start(small)) {
            for (IotdbServer server : List.of(first, second)) {
                IotdbClient one = IotdbClient.create("iotdb://" + address(server));
                one.execute("CREATE TIMESERIES root.f.d.v INT64").block(PATIENCE);
                one.close().block(PATIENCE);
            }
            IotdbClient client = IotdbClient.create("iotdb://" + address(first) + "," + address(second));
            CountDownLatch underWay = new CountDownLatch(400);
            CountDownLatch over = new CountDownLatch(CALLERS);
            AtomicLong killedAt = new AtomicLong(Long.MAX_VALUE / 2);
            Flux.range(0, CALLERS)
                    .flatMap(
                            caller -> write(client)
                                    .doOnSuccess(nothing -> underWay.countDown())
                                    .repeat(() -> next.get() < killedAt.get() + 400)
                                    .then()
                                    .doFinally(end -> over.countDown()),
                            CALLERS)
                    .subscribeOn(Schedulers.boundedElastic())
                    .subscribe();
            assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();
            first.kill();
            killedAt.set(next.get());
            assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();

            assertThat(failed.values()).allSatisfy(e -> {
                assertThat(e.kind()).isEqualTo(ErrorKind.CLOSED);
                assertThat(e.sent()).isIn(Sent.NO, Sent.MAYBE);
                assertThat(e.endpoint()).isEqualTo(address(first));
            });
            // What was not written has gone to the other one; what may have run was not run again.
            assertThat(failed.values()).extracting(WeirException::sent).doesNotContain(Sent.NO);
            Set<Long> there = Set.copyOf(client.query("SELECT v FROM root.f.d", row -> row.getLong(1))
                    .collectList()
                    .block(PATIENCE));
            assertThat(there).doesNotContainAnyElementsOf(failed.keySet());
            Set<Long> late = acknowledged.stream()
                    .filter(n -> n > killedAt.get() + CALLERS)
                    .collect(Collectors.toSet());
            assertThat(late).isNotEmpty();
            assertThat(there).containsAll(late);
            client.close().block(PATIENCE);
        }
    }

    private Mono<Void> write(IotdbClient client) {
        return Mono.defer(() -> {
            long number = next.incrementAndGet();
            return client.execute("INSERT INTO root.f.d(timestamp, v) VALUES (" + number + ", " + number + ")")
                    .doOnSuccess(nothing -> acknowledged.add(number))
                    .onErrorResume(WeirException.class, e -> {
                        failed.put(number, e);
                        return Mono.empty();
                    });
        });
    }

    private static String address(IotdbServer server) {
        return server.host() + ":" + server.port();
    }
}
