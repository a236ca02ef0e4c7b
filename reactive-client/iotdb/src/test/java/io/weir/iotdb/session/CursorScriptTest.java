package io.weir.iotdb.session;

import static io.weir.iotdb.session.ScriptedSession.spec;
import static io.weir.iotdb.session.ScriptedSession.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.iotdb.protocol.LastDataOfPrefix;
import io.weir.iotdb.protocol.RawDataQuery;
import io.weir.iotdb.protocol.ServerMessages;
import io.weir.iotdb.protocol.ServerMessages.Received;
import io.weir.iotdb.type.CallLimits;
import io.weir.testkit.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Statements and their rows, by demand, against a script. */
class CursorScriptTest {

    /** Asks for parts one by one, and shows what came. */
    private static final class Reader extends BaseSubscriber<ResultPart> {
        private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Nothing is asked for yet.
        }

        @Override
        protected void hookOnNext(ResultPart part) {
            seen.add(ScriptedSession.text(part));
        }

        @Override
        protected void hookOnComplete() {
            seen.add("complete");
        }

        @Override
        protected void hookOnError(Throwable error) {
            seen.add(String.valueOf(error.getMessage()));
        }

        String next() throws InterruptedException {
            return String.valueOf(seen.poll(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aStatementWithoutRowsIsJustItsEnd() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("create"), ServerMessages.done()).farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "create")).expectNext("End").verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void aRequestCarriesIdsFetchSizeAndAGenerousTime() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            Received call = talk.expectExecute("q");
            assertThat(call.argument("sessionId")).isEqualTo("" + Talk.SESSION);
            assertThat(call.argument("statementId")).isEqualTo("" + Talk.STATEMENT);
            assertThat(call.argument("fetchSize")).isEqualTo("100");
            assertThat(Long.parseLong(call.argument("timeout"))).isEqualTo(365L * 24 * 60 * 60 * 1000);
            talk.answer(call, ServerMessages.numbers(9, true, 1));
            Received fetch = talk.expectFetch(9);
            assertThat(fetch.argument("fetchSize")).isEqualTo("100");
            assertThat(fetch.argument("statementId")).isEqualTo("" + Talk.STATEMENT);
            talk.answer(fetch, ServerMessages.moreNumbers(false, 2)).logout();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "q"))
                    .expectNext("[1]", "[2]", "End")
                    .verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void aQuestionThatIsNoSqlBeginsACursorLikeAnother() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            Received call = talk.expect("executeRawDataQueryV2");
            assertThat(call.argument("sessionId")).isEqualTo("" + Talk.SESSION);
            assertThat(call.argument("statementId")).isEqualTo("" + Talk.STATEMENT);
            assertThat(call.argument("fetchSize")).isEqualTo("7");
            assertThat(call.argument("startTime")).isEqualTo("-1");
            assertThat(call.argument("endTime")).isEqualTo("5");
            assertThat(call.argument("timeout"))
                    .as("ours, and some time more: our clock is the first to run out")
                    .isEqualTo("40000");
            talk.answer(call, ServerMessages.numbers(9, true, 1));
            Received fetch = talk.expectFetch(9);
            assertThat(fetch.argument("fetchSize")).isEqualTo("7");
            talk.answer(fetch, ServerMessages.moreNumbers(false, 2)).logout();
        })) {
            WireSession session = ScriptedSession.to(server);
            CallLimits limits = CallLimits.fetching(7).withTimeout(Duration.ofSeconds(10));
            StatementSpec spec = session.spec(head -> new RawDataQuery(head, List.of("root.a"), -1, 5), limits);
            StepVerifier.create(session.run(spec).map(ScriptedSession::text))
                    .expectNext("[1]", "[2]", "End")
                    .verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void lastValuesBelowAPathAreAskedOfNewerServersByItsNodes() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            Received call = talk.expect("executeFastLastDataQueryForOnePrefixPath");
            assertThat(call.argument("fetchSize")).isEqualTo("100");
            assertThat(call.argument("statementId")).isEqualTo("" + Talk.STATEMENT);
            talk.answer(call, ServerMessages.numbers(9, false, 1)).logout();
        })) {
            WireSession session = ScriptedSession.to(server);
            StatementSpec spec =
                    session.spec(head -> new LastDataOfPrefix(head, List.of("root", "a")), CallLimits.OPEN);
            StepVerifier.create(session.run(spec).map(ScriptedSession::text))
                    .expectNext("[1]", "End")
                    .verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void nothingIsSentBeforeTheFirstDemand() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.good();
            talk.answer(talk.expectExecute("late"), ServerMessages.done()).farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            Reader reader = new Reader();
            session.run(spec("late")).subscribe(reader);
            StepVerifier.create(texts(session, "good")).expectNext("End").verifyComplete();

            reader.request(1);

            assertThat(reader.next()).isEqualTo("End");
            assertThat(reader.next()).isEqualTo("complete");
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void oneReplyIsFetchedAheadAndNoMore() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, true, 1, 2));
            // With the first page goes the request for the next reply …
            talk.answer(talk.expectFetch(9), ServerMessages.moreNumbers(true, 3, 4));
            // … and no further one until that reply is begun: other statements pass meanwhile.
            talk.good().good();
            talk.answer(talk.expectFetch(9), ServerMessages.moreNumbers(true));
            talk.answer(talk.expectFetch(9), ServerMessages.moreNumbers(false, 5))
                    .logout();
        })) {
            WireSession session = ScriptedSession.to(server);
            Reader reader = new Reader();
            session.run(spec("q")).subscribe(reader);
            reader.request(1);
            assertThat(reader.next()).isEqualTo("[1]");
            StepVerifier.create(texts(session, "good")).expectNext("End").verifyComplete();
            reader.request(1);
            assertThat(reader.next()).isEqualTo("[2]");
            StepVerifier.create(texts(session, "good")).expectNext("End").verifyComplete();

            // The third page is in the reply that was fetched ahead; it sends for the next.
            reader.request(1);
            assertThat(reader.next()).isEqualTo("[3]");
            reader.request(Long.MAX_VALUE);
            assertThat(reader.next()).isEqualTo("[4]");
            assertThat(reader.next())
                    .as("an empty reply with more to come is passed over")
                    .isEqualTo("[5]");
            assertThat(reader.next()).isEqualTo("End");
            assertThat(reader.next()).isEqualTo("complete");
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void theCloseOfAQueryIsNotWaitedFor() {
        CountDownLatch left = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, true, 1));
            Received fetch = talk.expectFetch(9);
            Received close = talk.expect("closeOperation");
            // The reader is gone before the close is answered.
            peer.waitFor(left);
            talk.answer(fetch, ServerMessages.moreNumbers(true, 2));
            talk.answer(close, ServerMessages.status(200, "")).good().logout();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "q").take(1)).expectNext("[1]").verifyComplete();
            left.countDown();
            StepVerifier.create(texts(session, "good")).expectNext("End").verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void aResultWithoutRowsStillTellsItsColumns() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, false))
                    .logout();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(session.run(spec("q")))
                    .assertNext(part -> {
                        try (Page page = (Page) part) {
                            assertThat(page.size()).isZero();
                            assertThat(page.columns().get(0).name()).isEqualTo("n");
                        }
                    })
                    .expectNext(ResultPart.End.INSTANCE)
                    .verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void severalCursorsAreReadByTurns() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            // Two executions, four fetches, two closes; those of one cursor do not wait for those of the other.
            long[] fetched = {0, 1, 10};
            for (int i = 0; i < 6; i++) {
                Received call = talk.next();
                int query = call.argument("statement").equals("b") ? 2 : 1;
                switch (call.method()) {
                    case "executeStatementV2" -> talk.answer(call, ServerMessages.numbers(query, true, fetched[query]));
                    case "fetchResultsV2" -> {
                        query = Integer.parseInt(call.argument("queryId"));
                        fetched[query] += query == 1 ? 1 : 10;
                        boolean more = fetched[query] != 3 && fetched[query] != 30;
                        talk.answer(call, ServerMessages.moreNumbers(more, fetched[query]));
                    }
                    default -> throw new AssertionError(call.method());
                }
            }
            talk.logout();
        })) {
            WireSession session = ScriptedSession.to(server);
            Reader a = new Reader();
            Reader b = new Reader();
            session.run(spec("a")).subscribe(a);
            session.run(spec("b")).subscribe(b);
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                a.request(1);
                seen.add(a.next());
                b.request(1);
                seen.add(b.next());
            }
            assertThat(seen).containsExactly("[1]", "[10]", "[2]", "[20]", "[3]", "[30]");
            a.cancel();
            b.cancel();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void repliesMayComeInPieces() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            Received call = talk.expectExecute("q");
            peer.sendByteByByte(ServerMessages.reply(call, ServerMessages.numbers(9, true, 1, 2)));
            Received fetch = talk.expectFetch(9);
            peer.sendByteByByte(ServerMessages.reply(fetch, ServerMessages.moreNumbers(false, 3)));
            talk.logout();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "q"))
                    .expectNext("[1]", "[2]", "[3]", "End")
                    .verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void aBatchIsSentAheadAndGoesOnBehindARefusal() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            // Three are on their way before one is answered, and not four.
            Received one = talk.expectExecute("1");
            Received two = talk.expectExecute("2");
            Received three = talk.expectExecute("3");
            talk.answer(one, ServerMessages.numbers(1, true, 1));
            talk.answer(two, ServerMessages.refused(700, "no"));
            talk.answer(three, ServerMessages.done());
            talk.answer(talk.expectFetch(1), ServerMessages.moreNumbers(false, 2));
            talk.answer(talk.expectExecute("4"), ServerMessages.numbers(4, false, 4))
                    .logout();
        })) {
            WireSession session = ScriptedSession.to(server);
            List<StatementSpec> specs = List.of(spec("1"), spec("2"), spec("3"), spec("4"));
            StepVerifier.create(session.run(specs, 2).map(ScriptedSession::text))
                    .expectNext("[1]", "[2]", "End", "BAD_REQUEST 700", "End", "End", "[4]", "End")
                    .verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void aRefusalIsAPartAndTheSessionGoesOn() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("bad"), ServerMessages.refused(701, "meaningless"));
            talk.answer(talk.expectExecute("q"), ServerMessages.numbers(9, true, 1));
            talk.answer(talk.expectFetch(9), ServerMessages.refused(715, "killed"));
            talk.goodAndCloses(9L).farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(session.run(spec("bad")))
                    .assertNext(part -> assertThat(part)
                            .isInstanceOfSatisfying(
                                    ResultPart.Failure.class,
                                    f -> assertThat(f.error())
                                            .hasMessage("meaningless (status 701)")
                                            .satisfies(e -> assertThat(f.error().connection())
                                                    .isEqualTo(session.id()))))
                    .expectNext(ResultPart.End.INSTANCE)
                    .verifyComplete();
            StepVerifier.create(texts(session, "q"))
                    .expectNext("[1]", "SERVER 715", "End")
                    .verifyComplete();
            StepVerifier.create(texts(session, "good")).expectNext("End").verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void aCallThatTheServerDoesNotKnowLeavesTheConnectionAlive() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            Received call = talk.expectExecute("q");
            peer.send(ServerMessages.exception(call, 1, "Invalid method name"));
            talk.good().farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(texts(session, "q"))
                    .verifyErrorSatisfies(e -> assertThat(e).hasMessageContaining("does not have the call"));
            StepVerifier.create(texts(session, "good")).expectNext("End").verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void aDemandBelowOneIsTheReadersFault() {
        try (ScriptedServer server =
                ScriptedServer.start(peer -> new Talk(peer).login().farewell())) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(Flux.from(subscriber -> session.run(spec("q")).subscribe(new BaseSubscriber<>() {
                        @Override
                        protected void hookOnSubscribe(Subscription subscription) {
                            subscription.request(0);
                        }

                        @Override
                        protected void hookOnError(Throwable error) {
                            subscriber.onSubscribe(reactor.core.publisher.Operators.emptySubscription());
                            subscriber.onError(error);
                        }
                    })))
                    .verifyErrorSatisfies(e -> assertThat(e)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("3.9"));
            session.close().block();
            server.assertDone();
        }
    }
}
