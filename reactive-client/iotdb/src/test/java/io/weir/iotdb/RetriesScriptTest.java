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
import io.weir.core.wire.Deadline;
import io.weir.iotdb.protocol.ServerMessages;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.type.CallLimits;
import io.weir.iotdb.type.DeviceRow;
import io.weir.iotdb.type.Tablet;
import io.weir.testkit.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What a busy server rejects is sent again, by a clock that goes on when somebody waits for it. */
class RetriesScriptTest {

    private final AtomicLong clock = new AtomicLong();
    private volatile Mono<Void> connection = Mono.empty();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<Endpoint> asked = new ArrayList<>();
    private final Backoff backoff =
            new Backoff(new Endpoint("h", 6667), Backoff.Timing.STANDARD, clock::get, () -> 0.5);

    /** Whether there is a session for the first call only. */
    private boolean onlyOnce;

    /** At once, unless a test says otherwise. */
    private Supplier<Mono<Void>> pauseEnds = Mono::empty;

    /** By a middling chance pauses are three quarters of 250 ms, 500 ms, and so on. */
    private Retries retries(Duration within) {
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
        pauseEnds.get().onErrorComplete().subscribe(nothing -> {}, e -> {}, task);
        return Disposables.disposed();
    }

    /** Writes on a session of a scripted server; all that is of the client's own is the session. */
    private Flux<WriteResult> write(ScriptedServer server, Retries retries, Duration limit, Tablet... tablets) {
        return onASession(server, retries, limit, writes -> writes.insertTablets(List.of(tablets)));
    }

    private Route route(WireSession session) {
        Route all = Route.to(session);
        AtomicInteger calls = new AtomicInteger();
        return new Route() {
            @Override
            public <T> Mono<T> call(
                    @Nullable Duration own, BiFunction<? super WireSession, ? super Deadline, ? extends Mono<T>> call) {
                return Mono.defer(() -> onlyOnce && calls.getAndIncrement() > 0
                        ? Mono.error(WeirException.of(ErrorKind.OVERLOAD, "no connection")
                                .sent(WeirException.Sent.NO)
                                .build())
                        : all.call(own, call));
            }

            @Override
            public <T> Flux<T> stream(
                    CallLimits limits, BiFunction<? super WireSession, ? super CallLimits, ? extends Flux<T>> call) {
                return all.stream(limits, call);
            }
        };
    }

    private Flux<WriteResult> onASession(
            ScriptedServer server, Retries retries, Duration limit, Function<IotdbWrites, Mono<WriteResult>> work) {
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
                session -> {
                    connection = session.onClose();
                    return work.apply(new IotdbWrites(new WritePath(route(session), null, retries, limit, clock::get)));
                },
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
            assertThat(asked).isNotEmpty().allMatch(e -> e.port() == server.port());
            assertThat(backoff.state().isWell())
                    .as("a write that was taken ends it")
                    .isTrue();
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
    void anIngestionGoesByTheSameBackOffAndClockAsEveryOtherWrite() {
        backoff.rejected(new IllegalStateException("somebody else's write"));
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            answer(peer, tablet(peer, "d0"), 606);
            answer(peer, tablet(peer, "d0"), 606);
            answer(peer, tablet(peer, "d0"), 200);
            answer(peer, tablet(peer, "d1"), 606);
            answer(peer, tablet(peer, "d1"), 200);
        })) {
            StepVerifier.create(onASession(
                            server,
                            retries(Duration.ofSeconds(10)),
                            Duration.ZERO,
                            writes -> writes.ingest(
                                    Flux.just(one("d0"), one("d1")),
                                    Ingestion.ofTablets().inFlight(1))))
                    .expectNext(WriteResult.written(2))
                    .verifyComplete();
            // The pause that was running counts for it too, the next one is the second; what is taken ends it.
            assertThat(pauses)
                    .containsExactly(
                            Duration.ofNanos(187_500_000), Duration.ofMillis(375), Duration.ofNanos(187_500_000));
            server.assertDone();
        }
    }

    @Test
    void anIngestionTriesForItsOwnTimeAndThenGoesOn() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            answer(peer, tablet(peer, "d0"), 606);
            answer(peer, tablet(peer, "d0"), 606);
            answer(peer, tablet(peer, "d1"), 200);
        })) {
            StepVerifier.create(onASession(
                            server,
                            retries(Duration.ZERO),
                            Duration.ZERO,
                            writes -> writes.ingest(
                                    Flux.just(one("d0"), one("d1")),
                                    Ingestion.ofTablets().inFlight(1).whenRejected(Duration.ofMillis(500)))))
                    .assertNext(result -> {
                        assertThat(result.rows()).isOne();
                        assertThat(result.refusals())
                                .extracting(WriteResult.Refusal::target)
                                .containsExactly("d0");
                    })
                    .verifyComplete();
            assertThat(pauses)
                    .as("also what is given up leaves the server alone before the next tablet goes out")
                    .containsExactly(Duration.ofNanos(187_500_000), Duration.ofMillis(375));
            server.assertDone();
        }
    }

    @Test
    void whatWasWrittenStaysWrittenIfTheConnectionIsLostBeforeTheRestIsSentAgain() {
        pauseEnds = () -> connection;
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            peer.send(ServerMessages.reply(next(peer), ServerMessages.statuses(302, 200, 606)));
            peer.close();
        })) {
            StepVerifier.create(write(server, retries(Duration.ofSeconds(10)), Duration.ZERO, one("d0"), one("d1")))
                    .verifyErrorSatisfies(e -> {
                        WeirException unwritten = theOneThatIsNotWritten(e);
                        assertThat(unwritten.kind()).isEqualTo(ErrorKind.CLOSED);
                        assertThat(unwritten.sent()).isEqualTo(WeirException.Sent.NO);
                    });
            server.assertDone();
        }
    }

    @Test
    void whatWasWrittenStaysWrittenIfThereIsNoConnectionToSendTheRestOn() {
        onlyOnce = true;
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            peer.send(ServerMessages.reply(next(peer), ServerMessages.statuses(302, 200, 606)));
        })) {
            StepVerifier.create(write(server, retries(Duration.ofSeconds(10)), Duration.ZERO, one("d0"), one("d1")))
                    .verifyErrorSatisfies(e -> {
                        assertThat(theOneThatIsNotWritten(e).code()).isEqualTo(606);
                        assertThat(e.getCause().getCause()).hasMessageContaining("no connection");
                    });
            server.assertDone();
        }
    }

    private static WeirException theOneThatIsNotWritten(Throwable error) {
        WriteResult result = ((IncompleteWriteException) error.getCause()).result();
        assertThat(result.rows()).isOne();
        assertThat(result.refusals()).hasSize(1);
        assertThat(result.refusals().get(0).target()).isEqualTo("d1");
        return result.refusals().get(0).error();
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
