package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.server.iotdb.IotdbServer;
import io.weir.server.iotdb.IotdbServerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    void newWorkGoesOnEachLostCallSaysWhetherItMayHaveRunAndAServerThatIsBackGetsItsShare()
            throws InterruptedException {
        IotdbServerOptions small = IotdbServerOptions.defaults().withHeapMegabytes(512);
        try (IotdbServer first = IotdbServer.start(small);
                IotdbServer second = IotdbServer.start(small)) {
            for (IotdbServer server : List.of(first, second)) {
                at(server, one -> one.execute("CREATE TIMESERIES root.f.d.v INT64"));
            }
            IotdbClient client = IotdbClient.create(
                    "iotdb://" + address(first) + "," + address(second) + "?hostRetry=50ms&hostRetryMax=500ms");
            IotdbSession bound = sessionAt(client, first);
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
            Set<Long> there = numbers(second);
            assertThat(there).doesNotContainAnyElementsOf(failed.keySet());
            Set<Long> late = acknowledged.stream()
                    .filter(n -> n > killedAt.get() + CALLERS)
                    .collect(Collectors.toSet());
            assertThat(late).isNotEmpty();
            assertThat(there).containsAll(late);
            saysThatItIsGone(bound, first);

            first.restart();
            comesToHaveItsShare(client, first, second);
            client.close().block(PATIENCE);
        }
    }

    /** A session stays with its server: it does not move to another one behind its owner's back. */
    private static void saysThatItIsGone(IotdbSession bound, IotdbServer dead) {
        assertThat(bound.onClose().materialize().block(PATIENCE))
                .satisfies(end -> assertThat(end.isOnError()).isTrue());
        assertThat(bound.isOpen()).isFalse();
        WeirException error = (WeirException)
                bound.execute("SHOW DATABASES").materialize().block(PATIENCE).getThrowable();
        assertThat(error.kind()).isEqualTo(ErrorKind.CLOSED);
        assertThat(error.sent()).isEqualTo(Sent.NO);
        assertThat(error.endpoint()).isEqualTo(address(dead));
        assertThat(error).hasMessageContaining(address(dead)).hasMessageContaining("was lost");
    }

    /** Nobody fails while work comes to a server that is back; both have some of it then. */
    private void comesToHaveItsShare(IotdbClient client, IotdbServer back, IotdbServer other) {
        long restartedAt = next.get();
        failed.clear();
        Instant end = Instant.now().plus(PATIENCE);
        do {
            Flux.range(0, 64).flatMap(i -> write(client), 64).then().block(PATIENCE);
        } while (newest(back) <= restartedAt && Instant.now().isBefore(end));
        assertThat(newest(back)).isGreaterThan(restartedAt);
        assertThat(newest(other)).isGreaterThan(restartedAt);
        assertThat(failed).isEmpty();
    }

    private static IotdbSession sessionAt(IotdbClient client, IotdbServer server) {
        for (int i = 0; i < 8; i++) {
            IotdbSession session = Objects.requireNonNull(client.session().block(PATIENCE));
            if (session.endpoint().toString().equals(address(server))) {
                return session;
            }
        }
        throw new AssertionError("Of eight connections none went to " + address(server));
    }

    private static <T> @Nullable T at(IotdbServer server, Function<IotdbClient, Mono<T>> work) {
        IotdbClient client = IotdbClient.create("iotdb://" + address(server));
        return Mono.usingWhen(Mono.just(client), work, IotdbClient::close).block(PATIENCE);
    }

    private static Set<Long> numbers(IotdbServer server) {
        return Set.copyOf(Objects.requireNonNull(at(
                server,
                client -> client.query("SELECT v FROM root.f.d", row -> row.getLong(1))
                        .collectList())));
    }

    private static long newest(IotdbServer server) {
        return numbers(server).stream().mapToLong(n -> n).max().orElse(0);
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
