package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.iotdb.protocol.ServerMessages;
import io.weir.iotdb.protocol.ServerMessages.Received;
import io.weir.iotdb.session.Talk;
import io.weir.testkit.ScriptedServer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Statements that the server prepares. No server that can be run here knows them, so this is all the proof there is. */
class PreparedScriptTest {

    private static final String SQL = "select n from t where n > ?";

    private static <T> Flux<T> inSession(
            ScriptedServer server, Function<? super IotdbSession, ? extends Publisher<T>> work) {
        IotdbClient client =
                IotdbClient.create("iotdb://me:s3cret@" + server.host() + ":" + server.port() + "?sqlDialect=table");
        return Flux.usingWhen(Mono.just(client), c -> c.inSession(work), IotdbClient::close);
    }

    private static ScriptedServer server(Consumer<Talk> script) {
        return ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            script.accept(talk);
            talk.farewell();
        });
    }

    private static Received expectPrepare(Talk talk, String name) {
        Received prepare = talk.expect("prepareStatement");
        assertThat(prepare.argument("sql")).isEqualTo(SQL);
        assertThat(prepare.argument("statementName")).isEqualTo(name);
        return prepare;
    }

    private static void expectDrop(Talk talk, String name) {
        Received drop = talk.expect("deallocatePreparedStatement");
        assertThat(drop.argument("statementName")).isEqualTo(name);
        talk.answer(drop, ServerMessages.status(200, ""));
    }

    private static long read(ResultPart part) {
        if (part instanceof Page page) {
            try (page) {
                return page.row(0).getLong(0);
            }
        }
        return -1;
    }

    @Test
    void isPreparedOnceRunManyTimesAndForgottenInTheEnd() {
        try (ScriptedServer server = server(talk -> {
            talk.answer(expectPrepare(talk, "weir_1"), ServerMessages.prepared(1));
            for (int i = 1; i <= 2; i++) {
                Received run = talk.expect("executePreparedStatement");
                assertThat(run.argument("statementName")).isEqualTo("weir_1");
                assertThat(run.argument("parameters")).isEqualTo("00000001" + "01" + "0000000" + i);
                talk.answer(run, ServerMessages.numbers(i, false, 10 * i));
            }
            expectDrop(talk, "weir_1");
        })) {
            StepVerifier.create(inSession(
                            server,
                            session -> session.prepared(
                                    SQL,
                                    statement -> Flux.concat(statement.run(1), statement.run(2))
                                            .map(PreparedScriptTest::read))))
                    .expectNext(10L, -1L, 20L, -1L)
                    .verifyComplete();
            server.assertDone();
        }
    }

    @Test
    void isForgottenAfterAnErrorAndAfterACancelToo() {
        try (ScriptedServer server = server(talk -> {
            talk.answer(expectPrepare(talk, "weir_1"), ServerMessages.prepared(1));
            expectDrop(talk, "weir_1");
            talk.answer(expectPrepare(talk, "weir_2"), ServerMessages.prepared(1));
            expectDrop(talk, "weir_2");
        })) {
            StepVerifier.create(inSession(
                            server,
                            session -> session.prepared(
                                            SQL, statement -> Mono.<Integer>error(new IllegalStateException("mine")))
                                    .onErrorReturn(7)
                                    .concatWith(session.prepared(
                                                    SQL,
                                                    statement -> Flux.just(8).concatWith(Mono.never()))
                                            .take(1))))
                    .expectNext(7, 8)
                    .verifyComplete();
            server.assertDone();
        }
    }

    @Test
    void whoLeavesOnceItIsThereKeepsIt() {
        try (ScriptedServer server = server(talk -> {
            talk.answer(expectPrepare(talk, "weir_1"), ServerMessages.prepared(1));
            Received run = talk.expect("executePreparedStatement");
            talk.answer(run, ServerMessages.numbers(1, false, 10));
            expectDrop(talk, "weir_1");
        })) {
            StepVerifier.create(inSession(
                            server,
                            session -> session.prepare(SQL)
                                    .flux()
                                    .next()
                                    .flatMapMany(statement -> statement
                                            .run(1)
                                            .map(PreparedScriptTest::read)
                                            .concatWith(statement.close().then(Mono.empty())))))
                    .expectNext(10L, -1L)
                    .verifyComplete();
            server.assertDone();
        }
    }

    @Test
    void anOlderServerIsAskedOnceAndTheSessionGoesOn() {
        try (ScriptedServer server = server(talk -> {
            Received prepare = expectPrepare(talk, "weir_1");
            talk.peer().send(ServerMessages.exception(prepare, 1, "Invalid method name: 'prepareStatement'"));
            talk.answer(talk.expectExecute("good"), ServerMessages.done());
        })) {
            StepVerifier.create(inSession(
                            server,
                            session -> unsupported(session)
                                    .concatWith(unsupported(session))
                                    .concatWith(session.execute("good").thenReturn("good"))))
                    .expectNext("refused", "refused", "good")
                    .verifyComplete();
            server.assertDone();
        }
    }

    private static Flux<String> unsupported(IotdbSession session) {
        return session.prepared(SQL, statement -> Mono.just("prepared")).onErrorResume(e -> {
            assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.UNSUPPORTED);
            assertThat(e).hasMessageContaining("2.0.1-script").hasMessageContaining("literal");
            return Mono.just("refused");
        });
    }

    @Test
    void aStatementThatTheServerRefusesIsItsError() {
        try (ScriptedServer server = server(
                talk -> talk.answer(expectPrepare(talk, "weir_1"), ServerMessages.refused(701, "no such table")))) {
            StepVerifier.create(inSession(server, session -> session.prepare(SQL)))
                    .verifyErrorSatisfies(e -> {
                        assertThat(((WeirException) e).code()).isEqualTo(701);
                        assertThat(e).hasMessageContaining("no such table");
                    });
            server.assertDone();
        }
    }

    @Test
    void whoLeavesWhileItIsPreparedLeavesNothingBehind() {
        Sinks.Empty<Void> asked = Sinks.empty();
        try (ScriptedServer server = server(talk -> {
            Received prepare = expectPrepare(talk, "weir_1");
            asked.tryEmitEmpty();
            Received drop = talk.expect("deallocatePreparedStatement");
            assertThat(drop.argument("statementName")).isEqualTo("weir_1");
            Received ping = talk.expect("testConnectionEmptyRPC");
            talk.answer(prepare, ServerMessages.prepared(1))
                    .answer(drop, ServerMessages.status(200, ""))
                    .answer(ping, ServerMessages.status(200, ""));
        })) {
            StepVerifier.create(inSession(
                            server,
                            session -> session.prepare(SQL)
                                    .takeUntilOther(asked.asMono())
                                    .then(session.ping())))
                    .expectNext(true)
                    .verifyComplete();
            server.assertDone();
        }
    }

    @Test
    void wrongValuesAreRefusedBeforeAnythingIsSentAndAreNotRepeated() {
        try (ScriptedServer server = server(talk -> {
            talk.answer(expectPrepare(talk, "weir_1"), ServerMessages.prepared(1));
            expectDrop(talk, "weir_1");
        })) {
            StepVerifier.create(inSession(
                            server,
                            session -> session.prepared(SQL, statement -> {
                                assertThat(statement.parameters()).isEqualTo(1);
                                assertThatThrownBy(() -> statement.run(1, 2))
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessageContaining("2 values were given for a statement of 1 parameters");
                                assertThatThrownBy(() -> statement.run(LocalDate.of(2024, 2, 29)))
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessageContaining("java.time.LocalDate")
                                        .hasMessageNotContaining("2024");
                                return statement
                                        .close()
                                        .then(statement.close())
                                        .thenMany(statement.run(Instant.EPOCH))
                                        .onErrorResume(IllegalStateException.class, closed -> Flux.empty());
                            })))
                    .verifyComplete();
            server.assertDone();
        }
    }
}
