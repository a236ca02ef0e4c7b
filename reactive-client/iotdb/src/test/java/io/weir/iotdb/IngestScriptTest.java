package io.weir.iotdb;

import static io.weir.iotdb.WriteScript.answer;
import static io.weir.iotdb.WriteScript.client;
import static io.weir.iotdb.WriteScript.farewell;
import static io.weir.iotdb.WriteScript.login;
import static io.weir.iotdb.WriteScript.next;
import static io.weir.iotdb.WriteScript.one;
import static io.weir.iotdb.WriteScript.tablet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.iotdb.protocol.ServerMessages.Received;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.Tablet;
import io.weir.testkit.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Writes against a server that rejects, refuses, goes away, or is left. */
class IngestScriptTest {

    private static final Ingestion<Tablet> TABLETS = Ingestion.ofTablets();

    /** So that a script with rejections is over soon. */
    private static final String SOON = "&hostRetry=1ms&hostRetryMax=1ms";

    private static Flux<Tablet> tablets(int count) {
        return Flux.range(0, count).map(i -> one("d" + i));
    }

    /** Of one's own, because a shared connection that is kept busy gets nothing new, and these scripts keep it busy. */
    private static IotdbSession session(IotdbClient client) {
        return Objects.requireNonNull(client.session().block());
    }

    @Test
    void onlyWhatWasRejectedIsSentAgain() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            answer(peer, tablet(peer, "d0"), 200);
            answer(peer, tablet(peer, "d1"), 606);
            answer(peer, tablet(peer, "d1"), 606);
            answer(peer, tablet(peer, "d1"), 400);
            answer(peer, tablet(peer, "d2"), 200);
            farewell(peer);
        })) {
            IotdbClient client = client(server, SOON);
            StepVerifier.create(client.writes().ingest(tablets(3), TABLETS.inFlight(1)))
                    .expectNext(WriteResult.written(3))
                    .verifyComplete();
            client.close().block();
            server.assertDone();
        }
    }

    @Test
    void aTabletThatIsStillRejectedWhenItsTimeIsOverIsGivenUpAndTheStreamGoesOn() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            answer(peer, tablet(peer, "d0"), 606);
            answer(peer, tablet(peer, "d1"), 200);
            farewell(peer);
        })) {
            IotdbClient client = client(server, SOON);
            Ingestion<Tablet> once = TABLETS.inFlight(1).whenRejected(Duration.ZERO);
            StepVerifier.create(client.writes().ingest(tablets(2), once))
                    .assertNext(result -> {
                        assertThat(result.rows()).isOne();
                        assertThat(result.refusedRows()).isOne();
                        assertThat(result.refusals().get(0).target()).isEqualTo("d0");
                        assertThat(result.refusals().get(0).error().kind()).isEqualTo(ErrorKind.OVERLOAD);
                    })
                    .verifyComplete();
            client.close().block();
            server.assertDone();
        }
    }

    @Test
    void whileTheServerHasToBeLeftAloneTheStreamIsNotAskedForMore() {
        AtomicLong asked = new AtomicLong();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            Received first = tablet(peer, "d0");
            Received second = tablet(peer, "d1");
            answer(peer, first, 606);
            answer(peer, second, 200);
            answer(peer, next(peer), 200);
        })) {
            IotdbClient client = client(server, "&hostRetry=1h&hostRetryMax=1h");
            IotdbSession session = session(client);
            Disposable run = session.writes()
                    .ingest(
                            tablets(100).doOnRequest(asked::addAndGet),
                            TABLETS.inFlight(2).whenRejected(Duration.ofDays(1)))
                    .subscribe();
            // Its answer comes behind those two, so they have been dealt with.
            assertThat(session.ping().block()).isTrue();
            assertThat(asked.get()).isEqualTo(2);
            run.dispose();
            client.close().block();
            server.assertDone();
        }
    }

    @Test
    void aRefusalStandsInTheResultAndTheStreamGoesOn() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            answer(peer, tablet(peer, "d0"), 507);
            answer(peer, tablet(peer, "d1"), 200);
            farewell(peer);
        })) {
            IotdbClient client = client(server);
            StepVerifier.create(client.writes().ingest(tablets(2), TABLETS.inFlight(1)))
                    .assertNext(result -> {
                        assertThat(result.isComplete()).isFalse();
                        assertThat(result.rows()).isOne();
                        assertThat(result.refusals()).hasSize(1).first().satisfies(refusal -> {
                            assertThat(refusal.target()).isEqualTo("d0");
                            assertThat(refusal.tablet()).isZero();
                            assertThat(refusal.error().code()).isEqualTo(507);
                        });
                    })
                    .verifyComplete();
            client.close().block();
            server.assertDone();
        }
    }

    @Test
    void aLostConnectionEndsItWithWhatWasWrittenAndWhatIsNotKnown() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            answer(peer, tablet(peer, "d0"), 200);
            tablet(peer, "d1");
            tablet(peer, "d2");
            peer.close();
        })) {
            IotdbClient client = client(server);
            IotdbSession session = session(client);
            StepVerifier.create(session.writes().ingest(tablets(100), TABLETS.inFlight(2)))
                    .verifyErrorSatisfies(e -> {
                        assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.CLOSED);
                        WriteResult result = ((IncompleteWriteException) e.getCause()).result();
                        assertThat(result.rows()).isOne();
                        assertThat(result.refusals())
                                .extracting(WriteResult.Refusal::target)
                                .containsExactlyInAnyOrder("d1", "d2");
                        assertThat(result.refusals())
                                .allSatisfy(refusal ->
                                        assertThat(refusal.error().sent()).isEqualTo(WeirException.Sent.MAYBE));
                    });
            client.close().block();
            server.assertDone();
        }
    }

    @Test
    void aCancelSendsNothingMoreAndTheSessionStaysGood() throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        List<Tablet> used = new ArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            Received first = tablet(peer, "d0");
            Received second = tablet(peer, "d1");
            arrived.countDown();
            peer.waitFor(left);
            answer(peer, first, 200);
            answer(peer, second, 200);
            answer(peer, tablet(peer, "after"), 200);
        })) {
            IotdbClient client = client(server);
            IotdbSession session = session(client);
            AtomicInteger results = new AtomicInteger();
            Disposable run = session.writes()
                    .ingestEach(tablets(100).doOnNext(used::add), TABLETS.inFlight(2))
                    .subscribe(result -> results.incrementAndGet());
            arrived.await();
            assertThatIllegalStateException()
                    .isThrownBy(() -> used.get(0).clear())
                    .withMessageContaining("in flight");

            run.dispose();

            assertThat(used)
                    .hasSize(2)
                    .allSatisfy(tablet -> assertThat(tablet.isInFlight())
                            .as("what was written into the socket is not read any longer")
                            .isFalse());
            left.countDown();
            StepVerifier.create(session.writes().insertTablet(one("after")))
                    .expectNext(WriteResult.written(1))
                    .verifyComplete();
            assertThat(results).hasValue(0);
            client.close().block();
            server.assertDone();
        }
    }

    @Test
    void aStreamThatFailsHasWhatItBroughtBeforeWritten() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            answer(peer, tablet(peer, "rows"), 200);
            farewell(peer);
        })) {
            IotdbClient client = client(server);
            Flux<Integer> source = Flux.concat(Flux.range(0, 3), Mono.error(new IllegalStateException("no more")));
            StepVerifier.create(client.writes()
                            .ingest(
                                    source,
                                    Ingestion.ofRows(
                                            () -> Tablet.ofDevice("rows")
                                                    .column("v", IotdbType.INT32)
                                                    .build(),
                                            (Integer i, Tablet tablet) ->
                                                    tablet.row(i).set(0, i))))
                    .verifyErrorSatisfies(e -> {
                        assertThat(e).hasMessageContaining("no more").hasMessageContaining("3 rows");
                        IncompleteWriteException cause = (IncompleteWriteException) e.getCause();
                        assertThat(cause.result()).isEqualTo(WriteResult.written(3));
                        assertThat(cause.getCause()).isInstanceOf(IllegalStateException.class);
                    });
            client.close().block();
            server.assertDone();
        }
    }

    @Test
    void aBadValueOfTheMapperIsTheErrorThatNamesColumnAndRow() {
        try (ScriptedServer server = ScriptedServer.start()) {
            IotdbClient client = client(server);
            StepVerifier.create(client.writes()
                            .ingest(
                                    Flux.just(1, 2),
                                    Ingestion.ofRows(
                                            () -> Tablet.ofDevice("rows")
                                                    .column("v", IotdbType.INT32)
                                                    .build(),
                                            (Integer i, Tablet tablet) ->
                                                    tablet.row(i).set("v", "text " + i))))
                    .verifyErrorSatisfies(e -> assertThat(e)
                            .hasMessageContaining("Row 0, column 'v' (INT32)")
                            .hasMessageContaining("0 rows were written"));
            client.close().block();
        }
    }
}
