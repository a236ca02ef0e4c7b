package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Backoff;
import io.weir.core.ClientEvents;
import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.testkit.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ConnectorTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** Soon enough for a test, and long enough for a slow machine to get as far as the login. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private final WireSettings settings = WireSettings.of("toy", FrameFormat.INT32_LENGTH);
    private final Connector connector = new Connector(settings);

    @BeforeAll
    static void noTestHangs() {
        StepVerifier.setDefaultTimeout(LIMIT);
    }

    /** Logs in by a question that the server has to answer with the same word. */
    private static Mono<FifoWire> login(FifoWire wire) {
        return wire.exchange(() -> new Ask("login")).then(Mono.just(wire));
    }

    private static String ask(FifoWire wire, String question) {
        return wire.exchange(() -> new Ask(question)).blockLast(LIMIT);
    }

    @Test
    void aSessionIsWhatTheLoginMakesOfTheWire() {
        try (ToyServer server = new ToyServer(ToyServer.echo())) {
            FifoWire wire =
                    connector.connect(server.endpoint(), ConnectorTest::login).block(LIMIT);
            assertThat(ask(wire, "hello")).isEqualTo("hello");
            assertThat(wire.id()).matches("toy-\\d+");
            assertThat(wire.isOpen()).isTrue();
            wire.close().block(LIMIT);
            assertThat(wire.isOpen()).isFalse();
            StepVerifier.create(wire.onClose()).verifyComplete();
            StepVerifier.create(wire.close()).verifyComplete();
        }
    }

    @Test
    void connectingIsColdAndEachSubscriberGetsAWireOfHisOwn() {
        try (ToyServer server = new ToyServer(ToyServer.echo())) {
            Mono<FifoWire> connect = connector.connect(server.endpoint(), ConnectorTest::login);
            assertThat(server.accepted).hasValue(0);
            FifoWire one = connect.block(LIMIT);
            FifoWire two = connect.block(LIMIT);
            assertThat(one).isNotSameAs(two);
            assertThat(one.id()).isNotEqualTo(two.id());
            Mono.when(one.close(), two.close()).block(LIMIT);
        }
    }

    @Test
    void theSocketIsSetUpAsPromised() {
        try (ToyServer server = new ToyServer(ToyServer.echo())) {
            FifoWire wire = new Connector(
                            settings.withKeepAlive(Duration.ofSeconds(77)).withReceiveBuffer(64 * 1024))
                    .connect(server.endpoint(), ConnectorTest::login)
                    .block(LIMIT);
            var config = wire.channel().config();
            assertThat(config.getOption(io.netty.channel.ChannelOption.TCP_NODELAY))
                    .isTrue();
            assertThat(config.getOption(io.netty.channel.ChannelOption.SO_KEEPALIVE))
                    .isTrue();
            assertThat(config.getOption(io.netty.channel.ChannelOption.SO_RCVBUF))
                    .isBetween(64 * 1024, 128 * 1024);
            assertThat(config.getOption(io.netty.channel.socket.nio.NioChannelOption.of(
                            jdk.net.ExtendedSocketOptions.TCP_KEEPIDLE)))
                    .isEqualTo(77);
            wire.close().block(LIMIT);
        }
    }

    @Test
    void aClosedPortIsNamedWithWhatToCheck() {
        Endpoint nobody = ToyServer.nobody();
        StepVerifier.create(connector.connect(nobody, ConnectorTest::login))
                .verifyErrorSatisfies(e -> assertThat((WeirException) e)
                        .hasMessageContainingAll(nobody.toString(), "refused", "firewall")
                        .satisfies(w -> assertThat(w.kind()).isEqualTo(ErrorKind.CONNECT))
                        .satisfies(w -> assertThat(w.sent()).isEqualTo(WeirException.Sent.NO))
                        .satisfies(w -> assertThat(w.endpoint()).isEqualTo(nobody.toString())));
    }

    @Test
    void anUnknownHostIsNamed() {
        // Where no name server can be reached the look-up ends with the limit instead.
        StepVerifier.create(new Connector(settings.withConnectTimeout(Duration.ofSeconds(1)))
                        .connect(new Endpoint("no-such-host.invalid", 6667), ConnectorTest::login))
                .verifyErrorSatisfies(e -> assertThat((WeirException) e)
                        .hasMessageContainingAll("no-such-host.invalid", "DNS")
                        .extracting(WeirException::kind)
                        .isIn(ErrorKind.CONNECT, ErrorKind.TIMEOUT));
    }

    @Test
    void aServerThatNeverAnswersTheLoginRunsIntoTheOneLimitAndLosesItsSocket() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        try (ToyServer server = new ToyServer(peer -> {
            ToyServer.silence().with(peer);
            left.countDown();
        })) {
            Mono<FifoWire> connect =
                    new Connector(settings.withConnectTimeout(SOON)).connect(server.endpoint(), ConnectorTest::login);
            StepVerifier.create(connect)
                    .verifyErrorSatisfies(e -> assertThat((WeirException) e)
                            .hasMessageContainingAll(server.endpoint().toString(), "3000 ms", "login was not answered")
                            .extracting(WeirException::kind)
                            .isEqualTo(ErrorKind.TIMEOUT));
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void cancellingClosesTheHalfMadeSocket() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        try (ToyServer server = new ToyServer(peer -> {
            peer.hear();
            heard.countDown();
            ToyServer.silence().with(peer);
            left.countDown();
        })) {
            Disposable connect =
                    connector.connect(server.endpoint(), ConnectorTest::login).subscribe();
            assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
            connect.dispose();
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void cancellingAtAnyMomentLeavesNoSocketBehind() throws Exception {
        try (ToyServer server = new ToyServer(ToyServer.echo())) {
            for (int i = 0; i < 200; i++) {
                Disposable connect = connector
                        .connect(server.endpoint(), ConnectorTest::login)
                        .subscribeWith(new BaseSubscriber<>() {
                            @Override
                            protected void hookOnNext(FifoWire wire) {
                                wire.close().subscribe(); // what arrives is his, even after a cancel
                            }
                        });
                for (int spin = 0; spin < i * 200; spin++) {
                    Thread.onSpinWait();
                }
                connect.dispose();
            }
            FifoWire last =
                    connector.connect(server.endpoint(), ConnectorTest::login).block(LIMIT);
            last.close().block(LIMIT);
            Waits.until(() -> server.ended.get() == server.accepted.get());
        }
    }

    @Test
    void aServerThatClosesDuringLoginIsAFailureToConnect() {
        try (ToyServer server = new ToyServer(ToyServer.Peer::hear)) {
            StepVerifier.create(connector.connect(server.endpoint(), ConnectorTest::login))
                    .verifyErrorSatisfies(e -> assertThat((WeirException) e)
                            .hasMessageContainingAll(server.endpoint().toString(), "closed it during login", "toy port")
                            .extracting(WeirException::kind)
                            .isEqualTo(ErrorKind.CONNECT));
        }
    }

    @Test
    void anHttpServerOnThePortIsRecognized() {
        try (ToyServer server = new ToyServer(peer -> {
            peer.hear();
            peer.out.writeBytes("HTTP/1.1 400 Bad Request\r\n\r\n");
            peer.out.flush();
            ToyServer.silence().with(peer);
        })) {
            StepVerifier.create(connector.connect(server.endpoint(), ConnectorTest::login))
                    .verifyErrorSatisfies(e -> assertThat((WeirException) e)
                            .hasMessageContainingAll("'HTTP'", "another protocol", "67108864")
                            .extracting(WeirException::kind)
                            .isEqualTo(ErrorKind.CONNECT));
        }
    }

    @Test
    void whatTheLoginRefusesIsPassedOnAndTheSocketIsClosed() {
        try (ToyServer server = new ToyServer(ToyServer.echo())) {
            WeirException wrong =
                    WeirException.of(ErrorKind.AUTH, "wrong password").build();
            StepVerifier.create(connector.connect(
                            server.endpoint(), wire -> login(wire).then(Mono.error(wrong))))
                    .verifyErrorSatisfies(e -> assertThat((WeirException) e)
                            .hasMessage("wrong password")
                            .satisfies(w -> assertThat(w.kind()).isEqualTo(ErrorKind.AUTH))
                            .satisfies(w -> assertThat(w.endpoint())
                                    .isEqualTo(server.endpoint().toString())));
            Waits.until(() -> server.ended.get() == 1);
        }
    }

    @Test
    void aLoginThatThrowsOrYieldsNothingIsAFailure() {
        try (ToyServer server = new ToyServer(ToyServer.echo())) {
            List<Function<FifoWire, Mono<FifoWire>>> logins = List.of(
                    wire -> {
                        throw new IllegalStateException("boom");
                    },
                    wire -> Mono.empty(),
                    wire -> null);
            for (var login : logins) {
                StepVerifier.create(connector.connect(server.endpoint(), login)).verifyError(WeirException.class);
            }
            Waits.until(() -> server.ended.get() == 3);
        }
    }

    @Test
    void theNextHostIsTriedWithinTheSameLimitAndTheFailureIsRemembered() {
        Endpoint nobody = ToyServer.nobody();
        try (ToyServer server = new ToyServer(ToyServer.echo())) {
            Endpoints endpoints = Endpoints.of(List.of(nobody, server.endpoint()), Endpoints.Choice.IN_ORDER);
            FifoWire wire = connector.connect(endpoints, ConnectorTest::login).block(LIMIT);
            assertThat(wire.endpoint()).isEqualTo(server.endpoint());
            assertThat(endpoints.backoff(nobody).state().failures()).isEqualTo(1);
            assertThat(endpoints.backoff(server.endpoint()).state().isWell()).isTrue();
            assertThat(endpoints.candidates()).containsExactly(server.endpoint(), nobody);
            wire.close().block(LIMIT);
        }
    }

    @Test
    void aHostThatIsSilentLeavesTimeForTheNext() {
        try (ToyServer silent = new ToyServer(ToyServer.silence());
                ToyServer server = new ToyServer(ToyServer.echo())) {
            Endpoints endpoints =
                    Endpoints.of(List.of(silent.endpoint(), server.endpoint()), Endpoints.Choice.IN_ORDER);
            FifoWire wire = new Connector(settings.withConnectTimeout(Duration.ofSeconds(6)))
                    .connect(endpoints, ConnectorTest::login)
                    .block(LIMIT);
            assertThat(wire.endpoint()).isEqualTo(server.endpoint());
            wire.close().block(LIMIT);
        }
    }

    @Test
    void connectionsAreCountedUntilTheyEndAndLostOnesAreHeldAgainstTheirHost() throws IOException {
        AtomicReference<ToyServer.Peer> peer = new AtomicReference<>();
        try (ToyServer server = new ToyServer(p -> {
            peer.set(p);
            ToyServer.echo().with(p);
        })) {
            Endpoints endpoints = Endpoints.of(List.of(server.endpoint()), Endpoints.Choice.LEAST_CONNECTIONS);
            FifoWire closed = connector.connect(endpoints, ConnectorTest::login).block(LIMIT);
            assertThat(endpoints.connections(server.endpoint())).isEqualTo(1);
            closed.close().block(LIMIT);
            // We and the count hear of an end by the same signal, in no order.
            Waits.until(() -> endpoints.connections(server.endpoint()) == 0);
            assertThat(endpoints.backoff(server.endpoint()).state().isWell()).isTrue();

            StepVerifier.create(connector.connect(
                            endpoints, wire -> login(wire).then(Mono.<FifoWire>error(new IllegalStateException("no")))))
                    .verifyError();
            assertThat(endpoints.connections(server.endpoint())).isZero();
            assertThat(endpoints.backoff(server.endpoint()).state().failures()).isEqualTo(1);

            FifoWire lost = connector.connect(endpoints, ConnectorTest::login).block(LIMIT);
            assertThat(endpoints.backoff(server.endpoint()).state().isWell()).isTrue();
            peer.get().socket.close();
            StepVerifier.create(lost.onClose()).verifyError(WeirException.class);
            Waits.until(() -> endpoints.connections(server.endpoint()) == 0);
            assertThat(endpoints.backoff(server.endpoint()).state().failures()).isEqualTo(1);
        }
    }

    @Test
    void whenAllFailEachIsNamedWithItsReason() {
        Endpoint nobody = ToyServer.nobody();
        try (ToyServer silent = new ToyServer(ToyServer.silence())) {
            Endpoints endpoints = Endpoints.of(List.of(nobody, silent.endpoint()), Endpoints.Choice.IN_ORDER);
            StepVerifier.create(
                            new Connector(settings.withConnectTimeout(SOON)).connect(endpoints, ConnectorTest::login))
                    .verifyErrorSatisfies(e -> assertThat((WeirException) e)
                            .hasMessageContainingAll(
                                    "None of 2 hosts",
                                    nobody + ":",
                                    "refused",
                                    silent.endpoint() + ":",
                                    "login was not answered")
                            .extracting(WeirException::kind)
                            .isEqualTo(ErrorKind.CONNECT));
        }
    }

    @Test
    void aWrongPasswordIsNotTriedOnTheNextHost() {
        try (ToyServer one = new ToyServer(ToyServer.echo());
                ToyServer two = new ToyServer(ToyServer.echo())) {
            Endpoints endpoints = Endpoints.of(List.of(one.endpoint(), two.endpoint()), Endpoints.Choice.IN_ORDER);
            WeirException wrong =
                    WeirException.of(ErrorKind.AUTH, "wrong password").build();
            StepVerifier.create(connector.connect(endpoints, wire -> Mono.<FifoWire>error(wrong)))
                    .verifyErrorMessage("wrong password");
            assertThat(two.accepted).hasValue(0);
            assertThat(endpoints.backoff(one.endpoint()).state())
                    .isEqualTo(new Backoff.State(0, Duration.ZERO, null, false));
        }
    }

    @Test
    void whoListensHearsOfConnectionsAndTheirEnds() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        ClientEvents events = new ClientEvents() {
            @Override
            public void connected(String system, String endpoint, Duration took) {
                heard.add("connected " + system);
            }

            @Override
            public void connectFailed(String system, String endpoint, Duration took, ErrorKind kind) {
                heard.add("failed " + kind);
            }

            @Override
            public void disconnected(String system, String endpoint, boolean lost) {
                heard.add(lost ? "lost" : "closed");
            }

            @Override
            public void exchanged(String system, String endpoint, String operation, Duration took) {
                heard.add("exchanged " + operation);
            }

            @Override
            public void exchangeFailed(
                    String system, String endpoint, String operation, Duration took, ErrorKind kind) {
                heard.add("exchange failed " + kind);
            }
        };
        Connector listened = new Connector(settings.withEvents(events));
        StepVerifier.create(listened.connect(ToyServer.nobody(), ConnectorTest::login))
                .verifyError();
        AtomicReference<ToyServer.Peer> peer = new AtomicReference<>();
        try (ToyServer server = new ToyServer(p -> {
            peer.set(p);
            ToyServer.echo().with(p);
        })) {
            FifoWire wire =
                    listened.connect(server.endpoint(), ConnectorTest::login).block(LIMIT);
            wire.close().block(LIMIT);
            FifoWire lost =
                    listened.connect(server.endpoint(), ConnectorTest::login).block(LIMIT);
            peer.get().socket.close();
            StepVerifier.create(lost.onClose())
                    .verifyErrorSatisfies(e -> assertThat(e).hasMessageContainingAll("was lost", "ended it just now"));
            StepVerifier.create(lost.exchange(() -> new Ask("late")))
                    .verifyErrorSatisfies(
                            e -> assertThat(((WeirException) e).sent()).isEqualTo(WeirException.Sent.NO));
        }
        // What is heard of an exchange comes after its subscriber has heard.
        Waits.until(() -> heard.size() == 8);
        assertThat(heard)
                .containsExactly(
                        "failed CONNECT",
                        "connected toy",
                        "exchanged ask",
                        "closed",
                        "connected toy",
                        "exchanged ask",
                        "lost",
                        "exchange failed CLOSED");
    }
}
