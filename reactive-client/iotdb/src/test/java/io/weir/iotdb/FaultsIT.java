package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.InvalidOptionsException;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.iotdb.type.Dialect;
import io.weir.server.iotdb.IotdbServer;
import io.weir.server.iotdb.IotdbServerOptions;
import io.weir.server.iotdb.SharedIotdb;
import io.weir.testkit.ClosedPort;
import io.weir.testkit.Cut;
import io.weir.testkit.FaultProxy;
import io.weir.testkit.FrameCutter;
import io.weir.testkit.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What keeps a client from the real server, and what happens when it goes away. */
class FaultsIT {

    private static String hostPort() {
        return SharedIotdb.host() + ":" + SharedIotdb.port();
    }

    private static void fails(IotdbClient client, ErrorKind kind, String... texts) {
        StepVerifier.create(client.execute("show version")).verifyErrorSatisfies(error(kind, texts));
        client.close().block();
    }

    private static Consumer<Throwable> error(ErrorKind kind, String... texts) {
        return e -> {
            assertThat(e).isInstanceOf(WeirException.class);
            assertThat(((WeirException) e).kind()).as("%s", e.getMessage()).isEqualTo(kind);
            assertThat(e.getMessage()).contains(texts);
        };
    }

    private static void close(ResultPart part) {
        if (part instanceof Page page) {
            page.close();
        }
    }

    @Test
    void aWrongPasswordIsAnAuthErrorWithoutThePassword() {
        IotdbClient client = IotdbClient.create("iotdb://root:not-the-1@" + hostPort());
        StepVerifier.create(client.execute("show version"))
                .verifyErrorSatisfies(error(ErrorKind.AUTH, "user 'root'", "801")
                        .andThen(e -> assertThat(e.getMessage()).doesNotContain("not-the-1")));
        assertThat(client.toString()).doesNotContain("not-the-1");
        client.close().block();
    }

    @Test
    void aZoneIsChangedAndPutBackOnTheServerToo() {
        StepVerifier.create(RealSession.client(SharedIotdb.url(), Dialect.TABLE)
                        .inSession(session -> session.zone(ZoneId.of("Asia/Tokyo"))
                                .then(Mono.fromSupplier(() -> session.zone().getId()))
                                .concatWith(session.reset()
                                        .then(Mono.fromSupplier(
                                                () -> session.zone().getId())))))
                .expectNext("Asia/Tokyo", ZoneId.systemDefault().getId())
                .verifyComplete();
    }

    @Test
    void aDialectThatIsNoneIsRefusedBeforeAnythingIsSent() {
        Assertions.assertThatThrownBy(() -> IotdbClient.create("iotdb://" + hostPort() + "?sqlDialect=graph"))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("sqlDialect")
                .hasMessageContaining("tree");
        Assertions.assertThatThrownBy(() -> IotdbClient.create("iotdb://" + hostPort() + "?fetchSise=5"))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("fetchSize");
    }

    @Test
    void statementsOfTheOtherDialectAreRefusedByTheServer() {
        IotdbClient tree = RealSession.client(SharedIotdb.url(), Dialect.TREE);
        StepVerifier.create(tree.execute("show tables"))
                .verifyErrorSatisfies(error(ErrorKind.BAD_REQUEST, "(status 700)"));
        tree.close().block();
    }

    @Test
    void aClosedPortIsNamed() {
        int port = ClosedPort.number();
        fails(IotdbClient.create("iotdb://127.0.0.1:" + port), ErrorKind.CONNECT, "127.0.0.1:" + port, "refused");
    }

    @Test
    void aWebServerIsRecognised() {
        try (ScriptedServer web = ScriptedServer.start(peer -> {
            peer.readFrame(FrameCutter.intLengthPrefixed());
            peer.send("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            peer.expectEnd();
        })) {
            fails(
                    IotdbClient.create("iotdb://" + web.host() + ":" + web.port()),
                    ErrorKind.CONNECT,
                    "'HTTP'",
                    "another protocol");
        }
    }

    @Test
    void aConnectionThatIsCutInMidStreamIsReplaced() {
        try (FaultProxy proxy = FaultProxy.before(SharedIotdb.host(), SharedIotdb.port())) {
            IotdbClient client = IotdbClient.create("iotdb://root:root@" + proxy.host() + ":" + proxy.port());
            StepVerifier.create(client.query("show version", row -> row.getString(0)))
                    .expectNextCount(1)
                    .verifyComplete();
            // The answer to the query's close comes after its rows, and before that to a ping.
            StepVerifier.create(client.ping()).expectNext(true).verifyComplete();
            proxy.link(0).toClient().cutAt(proxy.link(0).toClient().bytes() + 30, Cut.RST);
            StepVerifier.create(client.query("show version", row -> row.getString(0)))
                    .verifyErrorSatisfies(error(ErrorKind.CLOSED, "may have run"));
            StepVerifier.create(client.query("show version", row -> row.getString(0)))
                    .expectNextCount(1)
                    .verifyComplete();
            client.close().block();
        }
    }

    @Test
    void aServerThatDiesInMidQueryIsAnErrorNowAndServesAgainLater() {
        try (IotdbServer server =
                IotdbServer.start(IotdbServerOptions.defaults().withHeapMegabytes(512))) {
            IotdbClient client = RealSession.client(server.url(), Dialect.TABLE);
            client.inSession(session -> RealSession.database(session, "dies")
                            .then(RealSession.numbers(session, 10_000))
                            // A server that is killed loses what it has not written to its log yet.
                            .then(session.execute("flush")))
                    .blockLast();
            StepVerifier.create(
                            client.inSession(session -> session.run("use dies")
                                    .thenMany(session.run("select * from t", 100, Duration.ZERO))),
                            1)
                    .consumeNextWith(FaultsIT::close)
                    // Nobody asks for anything while it dies.
                    .then(server::kill)
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(part -> true, FaultsIT::close)
                    .verifyErrorSatisfies(error(ErrorKind.CLOSED, "was lost"));
            StepVerifier.create(client.execute("show databases"))
                    .verifyErrorSatisfies(
                            e -> assertThat(((WeirException) e).kind()).isIn(ErrorKind.CLOSED, ErrorKind.CONNECT));
            server.restart();
            StepVerifier.create(client.query("select count(*) from dies.t", row -> row.getLong(0)))
                    .expectNext(10_000L)
                    .verifyComplete();
            client.close().block();
        }
    }

    @Test
    void aServerThatSpeaksTheCompactProtocolIsNamedAsAPossibility() {
        try (IotdbServer server = IotdbServer.start(
                IotdbServerOptions.defaults().withHeapMegabytes(512).withCompactProtocol())) {
            fails(IotdbClient.create(server.url()), ErrorKind.CONNECT, "dn_rpc_thrift_compression_enable");
        }
    }

    @Test
    void aServerWithoutAConnectionLeftIsNamedAsAPossibility() {
        try (IotdbServer server = IotdbServer.start(IotdbServerOptions.defaults()
                .withHeapMegabytes(512)
                .withProperty("dn_rpc_max_concurrent_client_num", "2"))) {
            IotdbClient client = IotdbClient.create(server.url());
            IotdbSession one = client.session().block();
            IotdbSession two = client.session().block();
            StepVerifier.create(client.session())
                    .verifyErrorSatisfies(error(ErrorKind.CONNECT, "dn_rpc_max_concurrent_client_num"));
            StepVerifier.create(one.ping().concatWith(two.ping()))
                    .expectNext(true, true)
                    .verifyComplete();
            client.close().block();
        }
    }
}
