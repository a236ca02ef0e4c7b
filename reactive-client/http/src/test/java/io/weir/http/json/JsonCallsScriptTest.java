package io.weir.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.core.wire.SocketSettings;
import io.weir.testkit.ClosedPort;
import io.weir.testkit.Patience;
import io.weir.testkit.Peer;
import io.weir.testkit.ScriptedServer;
import io.weir.testkit.WebSocketPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The whole way over loopback, with a server that plays a script. */
class JsonCallsScriptTest {

    private static final Duration LIMIT = Patience.limit();

    private JsonCalls calls = calls(s -> s);

    @AfterEach
    void close() {
        calls.close().block(LIMIT);
    }

    private static JsonCalls calls(UnaryOperator<JsonSettings> change) {
        return new JsonCalls(change.apply(JsonSettings.of(SocketSettings.of("toy"))));
    }

    private void use(UnaryOperator<JsonSettings> change) {
        close();
        calls = calls(change);
    }

    /** Every number of the document. */
    private static JsonReader<Long> numbers() {
        return new JsonReader<>() {
            @Override
            public Long token(JsonToken token, JsonParser parser) {
                return token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : null;
            }

            @Override
            public WeirException refused(int status, String body) {
                return status == 418
                        ? WeirException.of(ErrorKind.CONFLICT, body).build()
                        : null;
            }
        };
    }

    private Flux<Long> ask(String host, int port) {
        return calls.stream(
                Call.post(new Endpoint(host, port), "query", "/rest/sql?token=secret", "select 1"),
                JsonCallsScriptTest::numbers);
    }

    private Flux<Long> ask(ScriptedServer server) {
        return ask(server.host(), server.port());
    }

    private static String take(Peer peer) {
        String head = WebSocketPeer.readHead(peer);
        assertThat(new String(peer.read("select 1".length()), StandardCharsets.UTF_8))
                .isEqualTo("select 1");
        return head;
    }

    private static void answer(Peer peer, String status, byte[] body, String... headers) {
        String head = "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length + "\r\n" + String.join("", headers)
                + "\r\n";
        peer.send(head.getBytes(StandardCharsets.US_ASCII)).send(body);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Consumer<Throwable> error(ErrorKind kind, Sent sent, String... words) {
        return e -> assertThat((WeirException) e)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("secret")
                .satisfies(w -> assertThat(w.kind()).isEqualTo(kind))
                .satisfies(w -> assertThat(w.sent()).isEqualTo(sent));
    }

    @Test
    void callsTravelOneAfterTheOtherOnOneConnectionWithTheHeaderAskedForEachTime() {
        String[] value = {"Basic first"};
        // With room for one connection the second call waits until the first has given it back.
        use(s -> s.withAuthorization(() -> value[0]).withPool(1, 1, LIMIT));
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            assertThat(take(peer))
                    .startsWith("POST /rest/sql?token=secret HTTP/1.1\r\n")
                    .containsIgnoringCase("authorization: Basic first\r\n")
                    .containsIgnoringCase("accept-encoding: gzip");
            answer(peer, "200 OK", utf8("[1,2]"));
            assertThat(take(peer)).containsIgnoringCase("authorization: Basic second\r\n");
            answer(peer, "200 OK", utf8("[3]"));
        })) {
            StepVerifier.create(ask(server)).expectNext(1L, 2L).expectComplete().verify(LIMIT);
            value[0] = "Basic second";
            StepVerifier.create(ask(server)).expectNext(3L).expectComplete().verify(LIMIT);
            server.assertDone();
        }
    }

    @Test
    void aCompressedAnswerIsInflated() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(utf8("[" + "7,".repeat(9_999) + "7]"));
        }
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            take(peer);
            answer(peer, "200 OK", zipped.toByteArray(), "Content-Encoding: gzip\r\n");
        })) {
            StepVerifier.create(ask(server))
                    .expectNextCount(10_000)
                    .expectComplete()
                    .verify(LIMIT);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            401 Unauthorized        ; AUTH        ; HTTP 401
            403 Forbidden           ; PERMISSION  ; HTTP 403
            404 Not Found           ; BAD_REQUEST ; HTTP 404
            503 Service Unavailable ; OVERLOAD    ; HTTP 503
            500 Oops                ; SERVER      ; HTTP 500
            302 Found               ; CONNECT     ; https://there.example/x, which is not followed
            418 Teapot              ; CONFLICT    ; short and stout
            """, delimiter = ';')
    void aStatusThatIsNoSuccessSaysWhatTheServerSaid(String status, ErrorKind kind, String words) {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            take(peer);
            answer(peer, status, utf8("short and\n stout"), "Location: https://there.example/x?token=secret\r\n");
        })) {
            StepVerifier.create(ask(server))
                    .expectErrorSatisfies(e -> assertThat((WeirException) e)
                            .hasMessageContaining(status.startsWith("418") ? "short and" : words)
                            .hasMessageNotContaining("secret")
                            .satisfies(w -> assertThat(w.kind()).isEqualTo(kind)))
                    .verify(LIMIT);
        }
    }

    @Test
    void anAnswerThatIsCutIsTold() {
        // The scripts end behind their answers: without this the next call could still meet the old connection.
        String last = "Connection: close\r\n";
        try (ScriptedServer server = ScriptedServer.start(
                peer -> {
                    take(peer);
                    peer.send(utf8("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,2,"));
                },
                peer -> {
                    take(peer);
                    answer(peer, "200 OK", utf8("[1,2"), last);
                },
                peer -> {
                    take(peer);
                    answer(peer, "200 OK", utf8("<html>"), last);
                },
                JsonCallsScriptTest::take)) {
            StepVerifier.create(ask(server))
                    .expectNext(1L, 2L)
                    .expectErrorSatisfies(
                            error(ErrorKind.CLOSED, Sent.MAYBE, "was lost before 'query'", "may have run"))
                    .verify(LIMIT);
            StepVerifier.create(ask(server))
                    .expectNext(1L, 2L)
                    .expectErrorSatisfies(
                            error(ErrorKind.PROTOCOL, Sent.ANSWERED, "/rest/sql to 'query' ended in the middle"))
                    .verify(LIMIT);
            StepVerifier.create(ask(server))
                    .expectErrorSatisfies(error(ErrorKind.PROTOCOL, Sent.ANSWERED, "is not JSON", "at byte"))
                    .verify(LIMIT);
            StepVerifier.create(ask(server))
                    .expectErrorSatisfies(error(ErrorKind.CLOSED, Sent.MAYBE, "may have run"))
                    .verify(LIMIT);
        }
    }

    @Test
    void aSilentServerHasALimit() {
        use(s -> s.withReadTimeout(Duration.ofMillis(200)));
        try (ScriptedServer server = ScriptedServer.always(peer -> {
            take(peer);
            if (peer.number() == 1) {
                peer.send(utf8("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1"));
            }
            peer.stayTacit();
        })) {
            for (int i = 0; i < 2; i++) {
                StepVerifier.create(ask(server))
                        .expectErrorSatisfies(
                                error(ErrorKind.TIMEOUT, Sent.MAYBE, "silent for 200 ms", "may still run"))
                        .verify(LIMIT);
            }
        }
    }

    @Test
    void whoHoldsBackHoldsTheServerBackAndIsNotTimedOut() {
        use(s -> s.withReadTimeout(Duration.ofSeconds(2)));
        byte[] much = utf8("[" + "1234567,".repeat(3_000_000) + "1]");
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            take(peer);
            answer(peer, "200 OK", much);
        })) {
            StepVerifier.create(ask(server), 0)
                    .thenRequest(1)
                    .expectNext(1234567L)
                    .expectNoEvent(Duration.ofSeconds(3))
                    .thenRequest(Long.MAX_VALUE)
                    .expectNextCount(3_000_000)
                    .expectComplete()
                    .verify(LIMIT);
        }
    }

    @Test
    void callsBeyondThePoolWaitAndBeyondThatAreRefused() {
        use(s -> s.withPool(1, 1, Duration.ofSeconds(3)));
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch on = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            take(peer);
            taken.countDown();
            peer.waitFor(on);
            answer(peer, "200 OK", utf8("[1]"));
        })) {
            StepVerifier first = StepVerifier.create(ask(server))
                    .expectNext(1L)
                    .expectComplete()
                    .verifyLater();
            // Which of the two comes first is open: they go to the pool on threads of their own.
            Mono<List<String>> others = Mono.fromCallable(() -> taken.await(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .subscribeOn(Schedulers.boundedElastic())
                    .flatMapMany(arrived -> Flux.merge(refusal(server), refusal(server)))
                    .collectSortedList();
            StepVerifier.create(others)
                    .assertNext(refusals -> assertThat(refusals)
                            .satisfiesExactlyInAnyOrder(
                                    text -> assertThat(text).contains("none was free within 3000 ms"),
                                    text -> assertThat(text).contains("as many calls as may wait")))
                    .expectComplete()
                    .verify(LIMIT);
            on.countDown();
            first.verify(LIMIT);
        }
    }

    /** How a call is refused that finds no connection. */
    private Mono<String> refusal(ScriptedServer server) {
        return ask(server).then(Mono.just("answered")).onErrorResume(WeirException.class, e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.OVERLOAD);
            assertThat(e.sent()).isEqualTo(Sent.NO);
            return Mono.just(String.valueOf(e.getMessage()));
        });
    }

    @Test
    void aServerThatIsNotThereIsTold() {
        StepVerifier.create(ask("127.0.0.1", ClosedPort.number()))
                .expectErrorSatisfies(error(ErrorKind.CONNECT, Sent.NO, "refused the connection"))
                .verify(LIMIT);
    }
}
