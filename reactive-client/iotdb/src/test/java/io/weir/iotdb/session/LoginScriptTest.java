package io.weir.iotdb.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Credentials;
import io.weir.core.CredentialsSource;
import io.weir.core.ErrorKind;
import io.weir.core.TimePrecision;
import io.weir.core.WeirException;
import io.weir.iotdb.protocol.ServerMessages;
import io.weir.iotdb.protocol.ServerMessages.Received;
import io.weir.testkit.Peer;
import io.weir.testkit.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How a session begins and what keeps it from beginning. */
class LoginScriptTest {

    private static void fails(ScriptedServer.Script script, Consumer<WeirException> check) {
        try (ScriptedServer server = ScriptedServer.start(script)) {
            StepVerifier.create(new ScriptedSession().open(server)).verifyErrorSatisfies(e -> {
                assertThat(e).isInstanceOf(WeirException.class);
                assertThat(e.getMessage()).doesNotContain("s3cret");
                assertThat(((WeirException) e).endpoint()).isEqualTo(server.host() + ":" + server.port());
                check.accept((WeirException) e);
            });
            server.assertDone();
        }
    }

    @Test
    void aLoginNamesUserZoneAndDialect() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer);
            Received open = talk.expect("openSession");
            assertThat(open.argument("client_protocol")).isEqualTo("2");
            assertThat(open.argument("zoneId")).isEqualTo("Asia/Tokyo");
            assertThat(open.argument("username")).isEqualTo("me");
            assertThat(open.argument("password")).isEqualTo("s3cret");
            assertThat(open.argument("configuration")).isEqualTo("version=V_1_0, sql_dialect=table");
            talk.answer(open, ServerMessages.opened(200, "", Talk.SESSION));
            Received id = talk.expect("requestStatementId");
            assertThat(id.argument("sessionId")).isEqualTo("" + Talk.SESSION);
            // The next question does not wait for this answer.
            Received properties = talk.expect("getProperties");
            talk.answer(id, Talk.STATEMENT)
                    .answer(properties, ServerMessages.properties("2.0.9"))
                    .farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            assertThat(session.server().version()).isEqualTo("2.0.9");
            assertThat(session.server().precision()).isEqualTo(TimePrecision.MILLISECONDS);
            assertThat(session.isOpen()).isTrue();
            session.close().block();
            session.close().block();
            assertThat(session.isOpen()).isFalse();
            StepVerifier.create(session.onClose()).verifyComplete();
            server.assertDone();
        }
    }

    @Test
    void aWrongPasswordIsSaidSo() {
        fails(
                peer -> {
                    Talk talk = new Talk(peer);
                    talk.answer(talk.expect("openSession"), ServerMessages.opened(801, "Authentication failed.", -1));
                    peer.expectEnd();
                },
                e -> {
                    assertThat(e.kind()).isEqualTo(ErrorKind.AUTH);
                    assertThat(e.code()).isEqualTo(801);
                    assertThat(e).hasMessageContaining("user 'me'").hasMessageContaining("Authentication failed.");
                });
    }

    @Test
    void credentialsAreAskedForAtEachLogin() {
        AtomicInteger asked = new AtomicInteger();
        ScriptedSession session = new ScriptedSession()
                .withCredentials(
                        () -> Mono.fromSupplier(() -> new Credentials("me", "secret-" + asked.incrementAndGet())));
        ScriptedServer.Script[] logins = {login("secret-1"), login("secret-2")};
        try (ScriptedServer server = ScriptedServer.start(logins)) {
            assertThat(asked).as("before anybody logs in").hasValue(0);
            session.open(server).flatMap(WireSession::close).block();
            session.open(server).flatMap(WireSession::close).block();
            server.assertDone();
        }
    }

    private static ScriptedServer.Script login(String password) {
        return peer -> {
            Talk talk = new Talk(peer);
            Received open = talk.expect("openSession");
            assertThat(open.argument("password")).isEqualTo(password);
            talk.answer(open, ServerMessages.opened(200, "", Talk.SESSION));
            Received id = talk.expect("requestStatementId");
            Received properties = talk.expect("getProperties");
            talk.answer(id, Talk.STATEMENT)
                    .answer(properties, ServerMessages.properties("2.0.9"))
                    .farewell();
        };
    }

    @Test
    void aSourceOfCredentialsThatHasNoneOrFailsEndsTheLogin() {
        IllegalStateException secret = new IllegalStateException("the vault said s3cret");
        Map<CredentialsSource, String> sources = Map.of(
                Mono::empty,
                "gave none",
                () -> Mono.error(secret),
                "failed with java.lang.IllegalStateException",
                () -> {
                    throw secret;
                },
                "failed with java.lang.IllegalStateException");
        sources.forEach((source, text) -> {
            try (ScriptedServer server = ScriptedServer.start(Peer::expectEnd)) {
                StepVerifier.create(
                                new ScriptedSession().withCredentials(source).open(server))
                        .verifyErrorSatisfies(e -> {
                            assertThat(e).hasMessageContaining(text).hasMessageNotContaining("s3cret");
                            assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.AUTH);
                        });
                server.assertDone();
            }
        });
    }

    @Test
    void aRequestLongerThanTheServerTakesIsRefusedBeforeItIsSent() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            // It says that it takes a mebibyte.
            Talk talk = new Talk(peer).login();
            talk.good().farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(ScriptedSession.texts(session, "x".repeat(1 << 20)))
                    .verifyErrorSatisfies(e -> {
                        assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.BAD_REQUEST);
                        assertThat(((WeirException) e).sent()).isEqualTo(WeirException.Sent.NO);
                        assertThat(e).hasMessageContaining("1048576 are what");
                    });
            StepVerifier.create(ScriptedSession.texts(session, "good"))
                    .expectNext("End")
                    .verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void aServerThatCanNotOpenASessionMayNotKnowTheZone() {
        fails(
                peer -> {
                    Received open = new Talk(peer).expect("openSession");
                    peer.send(ServerMessages.exception(open, 6, "Internal error processing openSession, s3cret"));
                    peer.expectEnd();
                },
                e -> {
                    assertThat(e.kind()).isEqualTo(ErrorKind.SERVER);
                    assertThat(e).hasMessageContaining("time zone 'Asia/Tokyo'").hasMessageContaining("zone");
                });
    }

    @Test
    void aServerThatHangsUpMaySpeakTheCompactProtocol() {
        fails(
                peer -> {
                    new Talk(peer).expect("openSession");
                    peer.close();
                },
                e -> {
                    assertThat(e.kind()).isEqualTo(ErrorKind.CONNECT);
                    assertThat(e).hasMessageContaining("compact protocol").hasMessageContaining("TLS");
                });
    }

    @Test
    void aWebServerIsRecognised() {
        fails(
                peer -> {
                    new Talk(peer).expect("openSession");
                    peer.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
                    peer.expectEnd();
                },
                e -> {
                    assertThat(e.kind()).isEqualTo(ErrorKind.CONNECT);
                    assertThat(e).hasMessageContaining("'HTTP'").hasMessageContaining("another protocol");
                });
    }

    @Test
    void aServerThatAnswersInTheCompactProtocolIsRecognised() {
        fails(
                peer -> {
                    new Talk(peer).expect("openSession");
                    peer.send(new byte[] {0, 0, 0, 8, (byte) 0x82, 0x41, 1, 0, 0, 0, 0, 0});
                    peer.expectEnd();
                },
                e -> assertThat(e).hasMessageContaining("compact protocol"));
    }

    @Test
    void aServerThatSaysNothingIsGivenUpInTime() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            new Talk(peer).expect("openSession");
            peer.expectEnd();
        })) {
            StepVerifier.create(new ScriptedSession()
                            .withWire(wire -> wire.withConnectTimeout(Duration.ofSeconds(2)))
                            .open(server))
                    .verifyErrorSatisfies(e -> assertThat(((WeirException) e).kind())
                            .as("%s", e.getMessage())
                            .isEqualTo(ErrorKind.TIMEOUT));
            server.assertDone();
        }
    }

    @Test
    void aZoneIsChangedAndPutBack() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            Received set = talk.expect("setTimeZone");
            assertThat(set.argument("timeZone")).isEqualTo("+02:00");
            talk.answer(set, ServerMessages.status(200, ""));
            Received refused = talk.expect("setTimeZone");
            talk.answer(refused, ServerMessages.status(703, "Unknown time-zone ID"));
            Received back = talk.expect("setTimeZone");
            assertThat(back.argument("timeZone")).isEqualTo("Asia/Tokyo");
            talk.answer(back, ServerMessages.status(200, "")).farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(session.zone(ZoneId.of("+02:00"))).verifyComplete();
            assertThat(session.zone()).isEqualTo(ZoneId.of("+02:00"));
            StepVerifier.create(session.zone(ZoneId.of("Europe/Paris")))
                    .verifyErrorSatisfies(
                            e -> assertThat(((WeirException) e).code()).isEqualTo(703));
            assertThat(session.zone()).isEqualTo(ZoneId.of("+02:00"));
            StepVerifier.create(session.reset()).verifyComplete();
            assertThat(session.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
            StepVerifier.create(session.reset()).verifyComplete();
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void aDatabaseThatCanNotBeLeftIsSaidSo() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expectExecute("use d"), ServerMessages.entered("d"))
                    .farewell();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(ScriptedSession.texts(session, "use d"))
                    .expectNext("End")
                    .verifyComplete();
            assertThat(session.database()).isEqualTo("d");
            StepVerifier.create(session.reset())
                    .verifyErrorSatisfies(
                            e -> assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.UNSUPPORTED));
            session.close().block();
            server.assertDone();
        }
    }

    @Test
    void pingTellsWhetherTheServerAnswers() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Talk talk = new Talk(peer).login();
            talk.answer(talk.expect("testConnectionEmptyRPC"), ServerMessages.status(200, ""));
            talk.expect("testConnectionEmptyRPC");
            peer.close();
        })) {
            WireSession session = ScriptedSession.to(server);
            StepVerifier.create(session.ping()).expectNext(true).verifyComplete();
            StepVerifier.create(session.ping()).expectNext(false).verifyComplete();
            StepVerifier.create(session.ping()).expectNext(false).verifyComplete();
            server.assertDone();
        }
    }
}
