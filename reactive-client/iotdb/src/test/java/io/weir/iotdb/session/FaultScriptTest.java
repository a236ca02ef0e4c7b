package io.weir.iotdb.session;

import static io.weir.iotdb.session.ScriptedSession.spec;
import static io.weir.iotdb.session.ScriptedSession.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.iotdb.protocol.ServerMessages;
import io.weir.iotdb.protocol.ServerMessages.Received;
import io.weir.testkit.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Connections that are lost, answers that are late or damaged. */
class FaultScriptTest {

    private static Consumer<Throwable> error(ErrorKind kind, String... texts) {
        return e -> {
            assertThat(e).isInstanceOf(WeirException.class);
            assertThat(((WeirException) e).kind()).as("%s", e.getMessage()).isEqualTo(kind);
            assertThat(e.getMessage()).contains(texts);
        };
    }

    @Test
    void whoeverWaitsHearsOfALossAndWhetherHisStatementMayHaveRun() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.expectExecute("one");
            talk.expectExecute("two");
            peer.close();
        })) {
            WireSession session = ScriptedSession.to(server);
            Mono<Sent> two = texts(session, "two")
                    .then(Mono.<Sent>empty())
                    .onErrorResume(WeirException.class, e -> Mono.justOrEmpty(e.sent()));
            StepVerifier.create(Mono.zip(
                            texts(session, "one")
                                    .then(Mono.<Sent>empty())
                                    .onErrorResume(WeirException.class, e -> Mono.justOrEmpty(e.sent())),
                            two))
                    .assertNext(sent ->
                            assertThat(List.of(sent.getT1(), sent.getT2())).containsExactly(Sent.MAYBE, Sent.MAYBE))
                    .verifyComplete();
            StepVerifier.create(session.onClose()).verifyErrorSatisfies(error(ErrorKind.CLOSED, "was lost"));
            StepVerifier.create(texts(session, "three"))
                    .verifyErrorSatisfies(
                            e -> assertThat(((WeirException) e).sent()).isEqualTo(Sent.NO));
            server.assertDone();
        }
    }

    @Test
    void aReaderWhoHoldsBackHearsOfALossAtOnce() {
        CountDownLatch reading = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, true, 1, 2));
            talk.answer(talk.expectFetch(9), ServerMessages.moreNumbers(true, 3));
            talk.good();
            peer.waitFor(reading).reset();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "q"), 1)
                    .expectNext("[1]")
                    .then(() -> StepVerifier.create(texts(session, "good"))
                            .expectNext("End")
                            .verifyComplete())
                    .then(reading::countDown)
                    .verifyErrorSatisfies(error(ErrorKind.CLOSED, server.host() + ":" + server.port()));
            server.assertDone();
        }
    }

    @Test
    void whatHasAllComeOutlivesTheConnection() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, false, 1, 2));
            peer.close();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "q"), 1)
                    .expectNext("[1]")
                    .then(() -> session.onClose().onErrorComplete().block(Duration.ofSeconds(10)))
                    .thenRequest(5)
                    .expectNext("[2]", "End")
                    .verifyComplete();
            server.assertDone();
        }
    }

    @Test
    void damagedRowsAreAProtocolErrorAndEndTheConnection() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, true, 1, 2));
            // The second block of the reply says that it has a row more than it has.
            talk.answer(
                    talk.expectFetch(9),
                    ServerMessages.struct()
                            .raw(12, 1, ServerMessages.status(200, ""))
                            .blocks(
                                    6,
                                    List.of(
                                            ServerMessages.block(3),
                                            ServerMessages.block(4).setInt(5, 2)))
                            .bool(7, true)
                            .end());
            peer.stayTacit();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "q"), 1)
                    .expectNext("[1]")
                    .thenAwait()
                    .thenRequest(10)
                    .thenConsumeWhile(text -> text.equals("[2]"))
                    .verifyErrorSatisfies(error(ErrorKind.PROTOCOL, "block of rows"));
            StepVerifier.create(session.onClose()).verifyErrorSatisfies(error(ErrorKind.PROTOCOL, "block of rows"));
            server.assertDone();
        }
    }

    @Test
    void anAnswerToAnotherCallEndsTheConnection() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            Received call = talk.expectExecute("q");
            talk.answer(new Received(call.method(), call.sequence() + 1, call.arguments()), ServerMessages.done());
            peer.stayTacit();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "q")).verifyErrorSatisfies(error(ErrorKind.PROTOCOL, "is due"));
            assertThat(session.isOpen()).isFalse();
            server.assertDone();
        }
    }

    @Test
    void aReplyBeyondTheLimitSaysHowLongItIs() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.expectExecute("q");
            peer.send((byte) 0x10, (byte) 0, (byte) 0, (byte) 0).stayTacit();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "q"))
                    .verifyErrorSatisfies(error(ErrorKind.PROTOCOL, "268435460 bytes", "limit"));
            server.assertDone();
        }
    }

    @Test
    void aStatementThatTakesTooLongIsLeftAndItsAnswerDrained() {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            Received call = talk.expectExecute("slow");
            assertThat(call.argument("timeout"))
                    .as("the server's own limit comes later than ours")
                    .isEqualTo("30050");
            peer.waitFor(over);
            talk.answer(call, ServerMessages.numbers(9, true, 1))
                    .goodAndCloses(9L)
                    .farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(session.run(StatementSpec.of("slow", 100, Duration.ofMillis(50))))
                    .verifyErrorSatisfies(error(ErrorKind.TIMEOUT, "limit of 50 ms", "may still run"));
            over.countDown();
            StepVerifier.create(texts(session, "good")).expectNext("End").verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void aReaderWhoTakesTooLongLosesHisQueryAndNotHisSession() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, true, 1, 2));
            talk.answer(talk.expectFetch(9), ServerMessages.moreNumbers(true, 3));
            talk.goodAndCloses(9L).farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(
                            session.run(StatementSpec.of("q", 100, Duration.ofSeconds(2)))
                                    .map(ScriptedSession::text),
                            1)
                    .expectNext("[1]")
                    .verifyErrorSatisfies(error(ErrorKind.TIMEOUT, "PT2S", "the reader held back"));
            StepVerifier.create(texts(session, "good")).expectNext("End").verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    /** The server ends a query whose time is over without a word, and may still hand out the rows that it had. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rowsThatEndWhenTheServersTimeWasOverAreNotTakenForAll(boolean someMore) {
        ScriptedSession scripted = new ScriptedSession();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, true, 1));
            Received fetch = talk.expectFetch(9);
            scripted.clock.addAndGet(Duration.ofSeconds(5).toNanos());
            talk.answer(fetch, someMore ? ServerMessages.moreNumbers(false, 2) : ServerMessages.moreNumbers(false))
                    .goodAndCloses()
                    .farewell();
        })) {
            WireSession session = scripted.open(server).block();
            StatementSpec spec = new StatementSpec(Question.of("q"), 100, Duration.ZERO, Duration.ofSeconds(5));
            StepVerifier.create(session.run(spec))
                    .assertNext(part -> assertThat(ScriptedSession.text(part)).isEqualTo("[1]"))
                    .thenConsumeWhile(
                            part -> someMore && part instanceof Page,
                            part -> assertThat(ScriptedSession.text(part)).isEqualTo("[2]"))
                    .assertNext(part -> assertThat(part)
                            .isInstanceOfSatisfying(
                                    ResultPart.Failure.class,
                                    f -> assertThat(f.error())
                                            .satisfies(error(ErrorKind.TIMEOUT, "some may be missing"))))
                    .expectNext(ResultPart.End.INSTANCE)
                    .verifyComplete();
            StepVerifier.create(texts(session, "good")).expectNext("End").verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void anEmptyLastReplyInTimeIsAnOrdinaryEnd() {
        ScriptedSession scripted = new ScriptedSession();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, true, 1));
            Received fetch = talk.expectFetch(9);
            scripted.clock.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
            talk.answer(fetch, ServerMessages.moreNumbers(false)).logout();
        })) {
            WireSession session = scripted.open(server).block();
            StatementSpec spec = new StatementSpec(Question.of("q"), 100, Duration.ZERO, Duration.ofSeconds(5));
            StepVerifier.create(session.run(spec).map(ScriptedSession::text))
                    .expectNext("[1]", "End")
                    .verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void whatTheServerSaysAfterItsTimeIsATimeOut() {
        ScriptedSession scripted = new ScriptedSession();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, true, 1));
            Received fetch = talk.expectFetch(9);
            scripted.clock.addAndGet(Duration.ofSeconds(6).toNanos());
            talk.answer(fetch, ServerMessages.refused(301, "queue has been destroyed"))
                    .expectClose(9)
                    .farewell();
        })) {
            WireSession session = scripted.open(server).block();
            StatementSpec spec = new StatementSpec(Question.of("q"), 100, Duration.ZERO, Duration.ofSeconds(5));
            StepVerifier.create(session.run(spec).map(ScriptedSession::text))
                    .expectNext("[1]", "TIMEOUT 301", "End")
                    .verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }
}
