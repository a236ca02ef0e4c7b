package io.weir.iotdb.session;

import static io.weir.iotdb.session.ScriptedSession.spec;
import static io.weir.iotdb.session.ScriptedSession.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.iotdb.protocol.ServerMessages;
import io.weir.iotdb.protocol.ServerMessages.Received;
import io.weir.testkit.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** A reader leaves, at every stage; then a good statement on the same connection. */
class CancelScriptTest {

    private static void aGoodStatementFollows(WireSession session, ScriptedServer server) {
        StepVerifier.create(texts(session, "good")).expectNext("End").verifyComplete();
        session.close().block();
        server.assertDone();
    }

    @Test
    void beforeAnythingWasAsked() {
        try (ScriptedServer server =
                ScriptedServer.start(peer -> new Talk(peer).login().good().farewell())) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "never"), 0).thenCancel().verify();
            aGoodStatementFollows(session, server);
        }
    }

    @Test
    void duringTheFirstCallTheAnswerIsDrainedAndItsQueryClosed() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            Received call = talk.expectExecute("slow");
            running.countDown();
            peer.waitFor(left);
            // The good statement is on its way already; it is answered behind the one that was left.
            Received good = talk.expectExecute("good");
            talk.answer(call, ServerMessages.numbers(9, true, 1, 2)).answer(good, ServerMessages.done());
            talk.expectClose(9).farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            Disposable reader = session.run(spec("slow")).subscribe();
            StepVerifier.create(Flux.defer(() -> {
                        await(running);
                        reader.dispose();
                        left.countDown();
                        return texts(session, "good");
                    }))
                    .expectNext("End")
                    .verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void duringTheFirstCallARefusalIsDrainedAndNothingClosed() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            Received call = talk.expectExecute("slow");
            running.countDown();
            peer.waitFor(left);
            talk.answer(call, ServerMessages.refused(700, "no")).good().farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            Disposable reader = session.run(spec("slow")).subscribe();
            await(running);
            reader.dispose();
            left.countDown();
            aGoodStatementFollows(session, server);
        }
    }

    @Test
    void betweenTwoPagesTheQueryIsClosed() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, true, 1, 2, 3));
            talk.answer(talk.expectFetch(9), ServerMessages.moreNumbers(true, 4, 5));
            talk.good().goodAndCloses(9L).farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "q"), 1)
                    .expectNext("[1]")
                    // Both replies are here now: five pages, four of which nobody will ever see.
                    .then(() -> StepVerifier.create(texts(session, "good"))
                            .expectNext("End")
                            .verifyComplete())
                    .thenCancel()
                    .verify();
            aGoodStatementFollows(session, server);
        }
    }

    @Test
    void duringAFetchItsAnswerIsDrained() {
        CountDownLatch fetching = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, true, 1));
            Received fetch = talk.expectFetch(9);
            fetching.countDown();
            peer.waitFor(left);
            talk.answer(fetch, ServerMessages.moreNumbers(true, 4, 5))
                    .goodAndCloses(9L)
                    .farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "q"), 1)
                    .expectNext("[1]")
                    .then(() -> await(fetching))
                    .thenCancel()
                    .verify();
            left.countDown();
            aGoodStatementFollows(session, server);
        }
    }

    @Test
    void fromWithinTheReadersOwnCode() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, true, 1, 2, 3));
            talk.answer(talk.expectFetch(9), ServerMessages.moreNumbers(true, 4))
                    .goodAndCloses(9L)
                    .farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "q").take(2))
                    .expectNext("[1]", "[2]")
                    .verifyComplete();
            aGoodStatementFollows(session, server);
        }
    }

    @Test
    void whenAllHasComeNothingIsLeftToTell() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, false, 1, 2, 3))
                    .goodAndCloses();
            talk.farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "q"), 1)
                    .expectNext("[1]")
                    .thenCancel()
                    .verify();
            aGoodStatementFollows(session, server);
        }
    }

    @Test
    void aBatchIsLeftWithAllThatWasSentAhead() {
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            Received one = talk.expectExecute("1");
            Received two = talk.expectExecute("2");
            talk.answer(one, ServerMessages.numbers(1, true, 1));
            Received fetch = talk.expectFetch(1);
            sent.countDown();
            peer.waitFor(left);
            talk.answer(two, ServerMessages.numbers(2, true, 1));
            talk.answer(fetch, ServerMessages.moreNumbers(true, 2))
                    .goodAndCloses(1L, 2L)
                    .farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(
                            session.run(List.of(spec("1"), spec("2"), spec("3")), 1)
                                    .map(ScriptedSession::text),
                            1)
                    .expectNext("[1]")
                    .then(() -> await(sent))
                    .thenCancel()
                    .verify();
            left.countDown();
            aGoodStatementFollows(session, server);
        }
    }

    @Test
    void anAnswerThatNeverEndsCostsTheConnection() {
        CountDownLatch running = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.expectExecute("for ever");
            running.countDown();
            peer.stayTacit();
        })) {
            WireSession session = new ScriptedSession()
                    .withWire(wire -> wire.withDrainLimit(Duration.ofMillis(100)))
                    .open(server)
                    .block();
            Disposable reader = session.run(spec("for ever")).subscribe();
            await(running);
            reader.dispose();

            StepVerifier.create(session.onClose())
                    .verifyErrorSatisfies(e -> assertThat(e).hasMessageContaining("given up"));
            StepVerifier.create(texts(session, "good"))
                    .verifyErrorSatisfies(e -> assertThat(e).isInstanceOfSatisfying(WeirException.class, w -> {
                        assertThat(w.kind()).isEqualTo(ErrorKind.CLOSED);
                        assertThat(w.sent()).isEqualTo(WeirException.Sent.NO);
                    }));
            server.assertDone();
        }
    }

    @Test
    void pagesThatNobodyReadsAreGivenBackByWhoeverLeavesLast() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, true, 1, 2, 3));
            talk.answer(talk.expectFetch(9), ServerMessages.moreNumbers(true, 4))
                    .goodAndCloses(9L)
                    .farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            // The page that was handed out is the reader's: he may keep it open while the statement is gone.
            ResultPart first = session.run(spec("q")).blockFirst();
            StepVerifier.create(texts(session, "good")).expectNext("End").verifyComplete();
            assertThat(first).isInstanceOf(Page.class);
            assertThat(((Page) first).row(0).getLong(0)).isEqualTo(1);
            ((Page) first).close();
            session.close().block();
            server.assertDone();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
