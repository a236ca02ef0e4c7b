package io.weir.iotdb;

import static io.weir.iotdb.WriteScript.answer;
import static io.weir.iotdb.WriteScript.client;
import static io.weir.iotdb.WriteScript.farewell;
import static io.weir.iotdb.WriteScript.login;
import static io.weir.iotdb.WriteScript.next;
import static io.weir.iotdb.WriteScript.one;
import static io.weir.iotdb.WriteScript.tablet;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Backoff;
import io.weir.core.ClientEvents;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.iotdb.protocol.ServerMessages;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.type.DeviceRow;
import io.weir.iotdb.type.Tablet;
import io.weir.testkit.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What a busy server rejects is sent again, by a clock that goes on when somebody waits for it. */
class RetriesScriptTest {

    private final AtomicLong clock = new AtomicLong();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<Endpoint> asked = new ArrayList<>();

    /** By a middling chance pauses are three quarters of 250 ms, 500 ms, and so on. */
    private Retries retries(Duration within) {
        Backoff backoff = new Backoff(new Endpoint("h", 6667), Backoff.Timing.STANDARD, clock::get, () -> 0.5);
        return new Retries(
                within,
                endpoint -> {
                    asked.add(endpoint);
                    return backoff;
                },
                clock::get,
                this::timer);
    }

    private Disposable timer(long nanos, Runnable task) {
        pauses.add(Duration.ofNanos(nanos));
        clock.addAndGet(nanos);
        task.run();
        return Disposables.disposed();
    }

    /** Writes on a session of a scripted server; all that is of the client's own is the session. */
    private Flux<WriteResult> write(ScriptedServer server, Retries retries, Duration limit, Tablet... tablets) {
        Wiring wiring = new Wiring(
                IotdbOptions.ALL
                        .options()
                        .url("iotdb://" + server.host() + ":" + server.port())
                        .build(),
                ClientEvents.NONE,
                null,
                Function.identity());
        return Flux.usingWhen(
                wiring.open(),
                session -> new IotdbWrites(new WritePath(Route.to(session), null, retries, limit))
                        .insertTablets(List.of(tablets)),
                WireSession::close);
    }

    @Test
    void onlyWhatWasRejectedIsSentAgainAfterPausesThatGrow() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            peer.send(ServerMessages.reply(next(peer), ServerMessages.statuses(302, 200, 606)));
            answer(peer, tablet(peer, "d1"), 606);
            answer(peer, tablet(peer, "d1"), 606);
            answer(peer, tablet(peer, "d1"), 400);
        })) {
            StepVerifier.create(write(server, retries(Duration.ofSeconds(10)), Duration.ZERO, one("d0"), one("d1")))
                    .expectNext(WriteResult.written(2))
                    .verifyComplete();
            assertThat(pauses)
                    .containsExactly(Duration.ofNanos(187_500_000), Duration.ofMillis(375), Duration.ofMillis(750));
            assertThat(asked).hasSize(3).allMatch(e -> e.port() == server.port());
            server.assertDone();
        }
    }

    @Test
    void theCallersLimitEndsItBeforeThePauseThatWouldGoBeyond() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            answer(peer, tablet(peer, "d"), 606);
            answer(peer, tablet(peer, "d"), 606);
        })) {
            StepVerifier.create(write(server, retries(Duration.ofSeconds(10)), Duration.ofMillis(500), one("d")))
                    .verifyErrorSatisfies(RetriesScriptTest::isARejection);
            assertThat(clock.get()).isLessThan(TimeUnit.MILLISECONDS.toNanos(500));
            assertThat(pauses).hasSize(1);
            server.assertDone();
        }
    }

    @Test
    void whatTheServerSaysToTryAgainButMayHaveDoneIsNotSentAgain() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            peer.send(ServerMessages.reply(next(peer), ServerMessages.tryAgain(712)));
        })) {
            StepVerifier.create(write(server, retries(Duration.ofSeconds(10)), Duration.ZERO, one("d")))
                    .verifyErrorSatisfies(e -> {
                        assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.TIMEOUT);
                        assertThat(((WeirException) e).code()).isEqualTo(712);
                    });
            assertThat(pauses).isEmpty();
            server.assertDone();
        }
    }

    @Test
    void recordsThatAreRejectedAreSentAgainToo() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            answer(peer, next(peer), 606);
            answer(peer, next(peer), 200);
            farewell(peer);
        })) {
            IotdbClient client = client(server);
            StepVerifier.create(client.writes()
                            .insertRecords(List.of(
                                    DeviceRow.of("d", 1).set("v", 1),
                                    DeviceRow.of("d", 2).set("v", 2))))
                    .expectNext(WriteResult.written(2))
                    .verifyComplete();
            client.close().block();
            server.assertDone();
        }
    }

    @Test
    void withoutTimeForItARejectionIsPassedOnAtOnce() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            answer(peer, tablet(peer, "d"), 606);
            farewell(peer);
        })) {
            IotdbClient client = client(server, "&retryTimeout=0s");
            StepVerifier.create(client.writes().insertTablet(one("d")))
                    .verifyErrorSatisfies(RetriesScriptTest::isARejection);
            client.close().block();
            server.assertDone();
        }
    }

    private static void isARejection(Throwable error) {
        assertThat(((WeirException) error).kind()).isEqualTo(ErrorKind.OVERLOAD);
        assertThat(((WeirException) error).code()).isEqualTo(606);
    }
}
