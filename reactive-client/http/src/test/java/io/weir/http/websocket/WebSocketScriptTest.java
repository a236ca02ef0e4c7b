package io.weir.http.websocket;

import static io.weir.testkit.WebSocketPeer.BINARY;
import static io.weir.testkit.WebSocketPeer.PING;
import static io.weir.testkit.WebSocketPeer.PONG;
import static io.weir.testkit.WebSocketPeer.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.SslMode;
import io.weir.core.TlsSettings;
import io.weir.core.WeirException;
import io.weir.core.wire.SocketSettings;
import io.weir.testkit.Certificates;
import io.weir.testkit.Cut;
import io.weir.testkit.FaultProxy;
import io.weir.testkit.Patience;
import io.weir.testkit.ScriptedServer;
import io.weir.testkit.Waits;
import io.weir.testkit.WebSocketPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The whole way over loopback, with a server that plays a script. */
class WebSocketScriptTest {

    private static final Duration LIMIT = Patience.limit();

    private static WebSocketSettings settings() {
        return WebSocketSettings.of(SocketSettings.of("toy"), "/ws?token=secret");
    }

    private static Mono<KeyedWire<Integer>> open(String host, int port, WebSocketSettings settings) {
        return new WebSocketConnector(settings)
                .connect(new Endpoint(host, port), socket -> Mono.just(KeyedWire.on(socket, new Ask.Toy())));
    }

    private static KeyedWire<Integer> connect(ScriptedServer server, UnaryOperator<WebSocketSettings> change) {
        return open(server.host(), server.port(), change.apply(settings())).block(LIMIT);
    }

    private static Mono<String> ask(KeyedWire<Integer> wire, int key, String question) {
        return wire.exchange(() -> new Ask(key, question, LIMIT));
    }

    private static void echo(WebSocketPeer peer) {
        while (!peer.isAtEnd()) {
            WebSocketPeer.Frame frame = peer.read();
            if (frame.opcode() == TEXT) {
                peer.sendText(frame.text());
            } else if (frame.opcode() == WebSocketPeer.CLOSE) {
                return;
            }
        }
    }

    @Test
    void theHandshakeAsksForPathAndQueryWithTheHeadersGiven() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            WebSocketPeer socket = WebSocketPeer.accept(peer);
            assertThat(socket.request()).startsWith("GET /ws?token=secret HTTP/1.1\r\n");
            assertThat(socket.header("Host")).matches("127\\.0\\.0\\.1:\\d+");
            assertThat(socket.header("Upgrade")).isEqualTo("websocket");
            assertThat(socket.header("Sec-WebSocket-Version")).isEqualTo("13");
            assertThat(socket.header("X-Real-IP")).isEqualTo("10.0.0.7");
            assertThat(socket.header("Sec-WebSocket-Extensions")).isEmpty();
            echo(socket);
        })) {
            KeyedWire<Integer> wire = connect(server, s -> s.withHeaders(Map.of("X-Real-IP", "10.0.0.7")));
            assertThat(ask(wire, 1, "hello").block(LIMIT)).isEqualTo("hello");
            wire.close().block(LIMIT);
            server.assertDone();
        }
    }

    @Test
    void messagesMayComeSplitAnywhereAndTogetherWithTheHandshake() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            WebSocketPeer socket = WebSocketPeer.accept(peer).sendText("9=early");
            for (int i = 0; i < 3; i++) {
                String question = socket.readText();
                peer.sendByteByByte(WebSocketPeer.frame(BINARY, true, 0, question.getBytes(StandardCharsets.UTF_8)));
            }
            socket.read(WebSocketPeer.CLOSE);
        })) {
            KeyedWire<Integer> wire = connect(server, s -> s);
            assertThat(Flux.range(1, 3)
                            .flatMap(i -> ask(wire, i, "q".repeat(200)))
                            .collectList()
                            .block(LIMIT))
                    .hasSize(3)
                    .containsOnly("q".repeat(200));
            wire.close().block(LIMIT);
            server.assertDone();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096})
    void fragmentsArePutTogetherWithControlFramesInBetween(int size) {
        // Few enough for the Pongs to leave one by one: of those that have to wait only the last is sent.
        String large = "x".repeat(size == 4096 ? 20_000 : 50 * size);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            WebSocketPeer socket = WebSocketPeer.accept(peer);
            String question = socket.readText();
            byte[] answer = question.replace("large", large).getBytes(StandardCharsets.UTF_8);
            byte[] ping = WebSocketPeer.frame(PING, true, 0, (byte) 'p');
            socket.sendFragments(TEXT, size, answer, ping);
            for (int pings = (answer.length - 1) / size; pings > 0; pings--) {
                assertThat(socket.read(PONG).text()).isEqualTo("p");
            }
        })) {
            KeyedWire<Integer> wire = connect(server, s -> s);
            assertThat(ask(wire, 1, "large").block(LIMIT)).isEqualTo(large);
            server.assertDone();
        }
    }

    @Test
    void compressedMessagesCutInFramesArriveWhole() {
        Random random = new Random(7);
        StringBuilder large = new StringBuilder();
        random.ints(60_000, 'a', 'z').forEach(c -> large.append((char) c));
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            WebSocketPeer socket = WebSocketPeer.acceptDeflate(peer);
            for (int i = 0; i < 2; i++) {
                String question = socket.readText();
                socket.sendDeflated(TEXT, 4096, question.replace("large", large).getBytes(StandardCharsets.UTF_8));
            }
        })) {
            KeyedWire<Integer> wire = connect(server, s -> s.withDeflate(true));
            assertThat(ask(wire, 1, "large").block(LIMIT)).isEqualTo(large.toString());
            assertThat(ask(wire, 2, "small").block(LIMIT)).isEqualTo("small");
            server.assertDone();
        }
    }

    @Test
    void whatInflatesBeyondTheLimitEndsTheWire() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            WebSocketPeer socket = WebSocketPeer.acceptDeflate(peer);
            socket.readText();
            socket.sendDeflated(TEXT, 4096, new byte[4 << 20]);
            peer.stayTacit();
        })) {
            KeyedWire<Integer> wire = connect(server, s -> s.withDeflate(true).withMaxMessage(100_000));
            StepVerifier.create(ask(wire, 1, "bomb"))
                    .expectErrorSatisfies(e -> assertThat(e).hasMessageContaining("was not understood"))
                    .verify(LIMIT);
        }
    }

    @Test
    void aServerThatOffersNoCompressionIsSpokenToWithoutIt() {
        try (ScriptedServer server = ScriptedServer.start(peer -> echo(WebSocketPeer.accept(peer)))) {
            KeyedWire<Integer> wire = connect(server, s -> s.withDeflate(true));
            assertThat(ask(wire, 1, "plain").block(LIMIT)).isEqualTo("plain");
            wire.close().block(LIMIT);
        }
    }

    @Test
    void sixtyFourQuestionsAnsweredInAnyOrderWhileOneConsumerIsPausedAndTheServerPings() throws Exception {
        CountDownLatch ponged = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            WebSocketPeer socket = WebSocketPeer.accept(peer);
            List<String> questions = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                questions.add(socket.readText());
            }
            Collections.shuffle(questions, new Random(5));
            questions.forEach(q -> socket.sendText(q.replace("q", "a")));
            socket.send(PING, (byte) 'x').read(PONG);
            ponged.countDown();
            echo(socket);
        })) {
            KeyedWire<Integer> wire = connect(server, s -> s);
            Ask paused = new Ask(0, "q0");
            BaseSubscriber<String> consumer = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(org.reactivestreams.Subscription s) {}
            };
            wire.exchange(() -> paused).subscribe(consumer);
            List<String> answers = Flux.range(1, 63)
                    .flatMap(i -> ask(wire, i, "q" + i), 63)
                    .collectList()
                    .block(LIMIT);
            assertThat(answers)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(1, 64).mapToObj(i -> "a" + i).toList());
            assertThat(ponged.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
            assertThat(ask(wire, 64, "goes on").block(LIMIT)).isEqualTo("goes on");
            consumer.cancel();
            Waits.until(() -> paused.late.equals(List.of("0=a0")));
            wire.close().block(LIMIT);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            401 Unauthorized        ; AUTH       ; check user, password or token
            403 Forbidden           ; PERMISSION ; may not connect
            404 Not Found           ; CONNECT    ; serves another path
            400 Bad Request         ; CONNECT    ; whether TLS is expected
            503 Service Unavailable ; OVERLOAD   ; try again later
            500 Internal            ; CONNECT    ; those of a toy server
            200 OK                  ; CONNECT    ; those of a toy server
            """, delimiter = ';')
    void aRefusedHandshakeSaysWhyAndWhatToCheck(String status, ErrorKind kind, String advice) {
        String answer = head(status, "Content-Length: 36", "X-Note: x") + "no way:\r\n /ws?token=secret is not open";
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            WebSocketPeer.readHead(peer);
            peer.send(answer.getBytes(StandardCharsets.US_ASCII)).expectEnd();
        })) {
            StepVerifier.create(open(server.host(), server.port(), settings()))
                    .expectErrorSatisfies(e -> assertThat((WeirException) e)
                            .hasMessageContainingAll(
                                    "refused the WebSocket at /ws with HTTP " + status, advice, "no way: /ws")
                            .hasMessageNotContaining("secret")
                            .satisfies(w -> assertThat(w.kind()).isEqualTo(kind))
                            .satisfies(w -> assertThat(w.code()).isEqualTo(Integer.parseInt(status.substring(0, 3)))))
                    .verify(LIMIT);
            server.assertDone();
        }
    }

    @Test
    void aRedirectIsNotFollowedButNamed() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            WebSocketPeer.readHead(peer);
            peer.send(head(
                            "307 Temporary Redirect",
                            "Location: https://cloud.example/ws?token=secret",
                            "Content-Length: 0")
                    .getBytes(StandardCharsets.US_ASCII));
            peer.expectEnd();
        })) {
            StepVerifier.create(open(server.host(), server.port(), settings()))
                    .expectErrorSatisfies(e -> assertThat(e)
                            .hasMessageContainingAll("https://cloud.example/ws,", "ssl=true")
                            .hasMessageNotContaining("secret"))
                    .verify(LIMIT);
        }
    }

    static List<String> noWebSockets() {
        String wrongKey = head(
                "101 Switching Protocols",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Accept: bm90IHRoZSByaWdodCBvbmU=");
        return List.of("SSH-2.0-OpenSSH_9.6\r\n", wrongKey, "");
    }

    private static String head(String status, String... headers) {
        return "HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    @ParameterizedTest
    @MethodSource("noWebSockets")
    void whatIsNoWebSocketServerIsToldFromOne(String bytes) {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            WebSocketPeer.readHead(peer);
            peer.send(bytes.getBytes(StandardCharsets.US_ASCII));
            if (!bytes.isEmpty()) {
                peer.expectEnd();
            }
        })) {
            StepVerifier.create(open(server.host(), server.port(), settings()))
                    .expectErrorSatisfies(e -> assertThat((WeirException) e)
                            .hasMessageContaining(
                                    bytes.isEmpty()
                                            ? "handshake was not answered"
                                            : bytes.startsWith("SSH") ? "does not speak HTTP" : "handshake with")
                            .satisfies(w -> assertThat(w.kind()).isEqualTo(ErrorKind.CONNECT)))
                    .verify(LIMIT);
        }
    }

    @Test
    void aHandshakeThatIsNotAnsweredHasALimitAndLeavesNoSocketBehind() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            WebSocketPeer.readHead(peer);
            peer.expectEnd();
        })) {
            WebSocketSettings hasty =
                    settings().withSocket(SocketSettings.of("toy").withConnectTimeout(Duration.ofSeconds(2)));
            StepVerifier.create(open(server.host(), server.port(), hasty))
                    .expectErrorSatisfies(
                            e -> assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.TIMEOUT))
                    .verify(LIMIT);
            server.assertDone();
        }
    }

    @Test
    void aFrameThatBreaksTheProtocolEndsTheWireWithAGoodBye() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            WebSocketPeer socket = WebSocketPeer.accept(peer);
            socket.readText();
            peer.send(WebSocketPeer.frame(WebSocketPeer.CONTINUATION, true, 0, (byte) 1));
            WebSocketPeer.Frame close = socket.read(WebSocketPeer.CLOSE);
            assertThat(close.payload()).startsWith(1002 >> 8, 1002 & 0xff);
            peer.expectEnd();
        })) {
            KeyedWire<Integer> wire = connect(server, s -> s);
            StepVerifier.create(ask(wire, 1, "q"))
                    .expectErrorSatisfies(e -> assertThat(e).hasMessageContaining("breaks the WebSocket protocol"))
                    .verify(LIMIT);
            server.assertDone();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionCutAtAnyByteOfTheAnswerFailsTheQuestion(boolean reset) throws Exception {
        try (ScriptedServer server = ScriptedServer.always(peer -> {
                    WebSocketPeer socket = WebSocketPeer.accept(peer);
                    socket.sendText(socket.readText());
                    peer.stayTacit();
                });
                FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
            int granted = 129;
            for (int at = granted + 1; at < granted + 12; at++) {
                int bytes = at;
                proxy.forNewLinks(link -> link.toClient().cutAt(bytes, reset ? Cut.RST : Cut.FIN));
                KeyedWire<Integer> wire =
                        open(proxy.host(), proxy.port(), settings()).block(LIMIT);
                StepVerifier.create(ask(wire, 1, "some answer"))
                        .expectErrorSatisfies(e -> assertThat((WeirException) e)
                                .hasMessageContainingAll("was lost before 'ask' was answered", "may have run")
                                .satisfies(w -> assertThat(w.kind()).isEqualTo(ErrorKind.CLOSED)))
                        .verify(LIMIT);
                StepVerifier.create(wire.onClose())
                        .expectError(WeirException.class)
                        .verify(LIMIT);
            }
        }
    }

    @Test
    void aWebSocketOverTlsVerifiesItsServer() {
        Certificates certificates = Certificates.get();
        try (ScriptedServer server = ScriptedServer.always(
                certificates.serverContext("server").getServerSocketFactory(),
                peer -> echo(WebSocketPeer.accept(peer)))) {
            TlsSettings tls = TlsSettings.builder()
                    .rootCertificates(certificates.authorityPem())
                    .build();
            WebSocketSettings secure =
                    settings().withSocket(SocketSettings.of("toy").withTls(tls));
            KeyedWire<Integer> wire = open("localhost", server.port(), secure).block(LIMIT);
            String large = "z".repeat(200_000);
            assertThat(ask(wire, 1, large).block(LIMIT)).isEqualTo(large);
            wire.close().block(LIMIT);
        }
    }

    @Test
    void aPlainServerIsToldFromOneThatSpeaksTls() {
        TlsSettings tls = TlsSettings.builder().mode(SslMode.REQUIRE).build();
        try (ScriptedServer server = ScriptedServer.start(
                peer -> peer.send("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))) {
            StepVerifier.create(open(
                            server.host(),
                            server.port(),
                            settings().withSocket(SocketSettings.of("toy").withTls(tls))))
                    .expectErrorSatisfies(e -> assertThat(e).hasMessageContaining("does not speak TLS"))
                    .verify(LIMIT);
        }
    }
}
