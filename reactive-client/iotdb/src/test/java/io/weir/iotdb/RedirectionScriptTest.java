package io.weir.iotdb;

import static io.weir.iotdb.WriteScript.answer;
import static io.weir.iotdb.WriteScript.login;
import static io.weir.iotdb.WriteScript.next;
import static io.weir.iotdb.WriteScript.one;
import static io.weir.iotdb.WriteScript.tablet;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.weir.core.ClientEvents;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.iotdb.protocol.ServerMessages;
import io.weir.iotdb.protocol.ServerMessages.Received;
import io.weir.iotdb.type.DeviceRow;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.Redirection;
import io.weir.iotdb.type.Tablet;
import io.weir.testkit.ClosedPort;
import io.weir.testkit.Peer;
import io.weir.testkit.ScriptedServer;
import io.weir.testkit.Waits;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** A server that names another node, and that node. Both tell the test what they have got. */
class RedirectionScriptTest {

    private static final String DEVICE = "root.a.d";

    private final LinkedBlockingQueue<String> usual = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> better = new LinkedBlockingQueue<>();

    /** Answers writes until it is left; each is named by its device, or by its method where it has several. */
    private static ScriptedServer server(LinkedBlockingQueue<String> got, Function<Received, ByteBuf> answers) {
        return ScriptedServer.always(peer -> {
            login(peer);
            serve(peer, got, answers);
        });
    }

    private static void serve(Peer peer, LinkedBlockingQueue<String> got, Function<Received, ByteBuf> answers) {
        while (true) {
            Received call = next(peer);
            if (call.method().equals("closeSession")) {
                answer(peer, call, 200);
                return;
            }
            got.add(named(call));
            peer.send(ServerMessages.reply(call, answers.apply(call)));
        }
    }

    /** A tablet by its device or by the tags of its rows, other calls by their methods. */
    private static String named(Received call) {
        return !call.method().equals("insertTablet")
                ? call.method()
                : call.argument("writeToTable").equals("true") ? tags(call) : call.argument("prefixPath");
    }

    /** The first column, of texts with one letter each. */
    private static String tags(Received call) {
        String values = call.argument("values");
        return IntStream.range(0, Integer.parseInt(call.argument("size")))
                .mapToObj(row -> values.substring(5 * row + 4, 5 * row + 5))
                .collect(Collectors.joining());
    }

    private ScriptedServer naming(int port) {
        return server(usual, call -> ServerMessages.redirected("127.0.0.1", port));
    }

    private ScriptedServer betterNode() {
        return server(better, call -> ServerMessages.status(200, ""));
    }

    private static IotdbClient client(ScriptedServer server, Function<Endpoint, @Nullable Endpoint> hosts) {
        return client(server, "?sharedWires=1&maxWires=4", hosts);
    }

    /** By a clock that stands still no turn takes long: there is one connection to the usual server, however slow we are. */
    private static IotdbClient client(
            ScriptedServer server, String options, Function<Endpoint, @Nullable Endpoint> hosts) {
        return new IotdbClient(new Wiring(
                IotdbOptions.ALL
                        .options()
                        .url("iotdb://" + server.host() + ":" + server.port() + options)
                        .set(IotdbOptions.REDIRECTION, Redirection.ON)
                        .build(),
                ClientEvents.NONE,
                null,
                hosts,
                () -> 0));
    }

    private static void write(IotdbClient client, String device) {
        StepVerifier.create(client.writes().insertTablet(one(device)))
                .expectNext(WriteResult.written(1))
                .verifyComplete();
    }

    /** Writes until a write has come to the better node: nobody waits for the connection to it. */
    private void writeUntilItIsFollowed(IotdbClient client) {
        Waits.until(() -> {
            write(client, DEVICE);
            return !better.isEmpty();
        });
    }

    @Test
    void writesForADeviceGoToTheNodeThatWasNamedAndOthersDoNot() {
        try (ScriptedServer node = betterNode();
                ScriptedServer server = naming(node.port())) {
            IotdbClient client = client(server, Function.identity());
            writeUntilItIsFollowed(client);
            usual.clear();
            better.clear();

            write(client, DEVICE);
            assertThat(better).containsExactly(DEVICE);
            assertThat(usual).isEmpty();

            write(client, "root.a.other");
            assertThat(usual).containsExactly("root.a.other");
            assertThat(client.wires()).as("connections to both count").isEqualTo(2);
            client.close().block();
        }
    }

    @Test
    void nodesAreNamedForEachPartOfARequestToo() {
        try (ScriptedServer node = betterNode();
                ScriptedServer server = server(
                        usual,
                        call -> call.method().equals("insertTablet")
                                ? ServerMessages.status(200, "")
                                : ServerMessages.redirectedEach("127.0.0.1", node.port(), node.port()))) {
            IotdbClient client = client(server, Function.identity());
            StepVerifier.create(client.writes()
                            .insertRecords(List.of(
                                    DeviceRow.of(DEVICE, 1).set("v", 1),
                                    DeviceRow.of("root.a.e", 1).set("v", 1))))
                    .expectNext(WriteResult.written(2))
                    .verifyComplete();
            writeUntilItIsFollowed(client);
            better.clear();
            StepVerifier.create(client.writes()
                            .insertRecords(List.of(
                                    DeviceRow.of(DEVICE, 1).set("v", 1),
                                    DeviceRow.of("root.a.f", 1).set("v", 1))))
                    .expectNext(WriteResult.written(2))
                    .verifyComplete();
            assertThat(better).as("one of the two rows").containsExactly("insertRecords");
            client.close().block();
        }
    }

    @Test
    void itIsOffByDefault() {
        try (ScriptedServer node = betterNode();
                ScriptedServer server = naming(node.port())) {
            IotdbClient client = WriteScript.client(server);
            for (int i = 0; i < 20; i++) {
                write(client, DEVICE);
            }
            assertThat(usual).hasSize(20);
            assertThat(node.connections()).isZero();
            client.close().block();
        }
    }

    @Test
    void theUserSaysWhereANodeIsOrThatItIsToBeLeftAlone() {
        try (ScriptedServer node = betterNode();
                ScriptedServer server = server(
                        usual,
                        call -> ServerMessages.redirected(
                                call.argument("prefixPath").equals(DEVICE) ? "inner-1" : "inner-2", 6667))) {
            IotdbClient client = client(
                    server, told -> told.host().equals("inner-1") ? new Endpoint(node.host(), node.port()) : null);
            writeUntilItIsFollowed(client);
            for (int i = 0; i < 20; i++) {
                write(client, "root.a.other");
            }
            assertThat(better).containsOnly(DEVICE);
            assertThat(client.wires()).isEqualTo(2);
            client.close().block();
        }
    }

    @Test
    void aHookThatFailsAndAnAddressThatIsNoneLeaveTheNodeAlone() {
        try (ScriptedServer server = server(
                usual,
                call -> ServerMessages.redirected(
                        call.argument("prefixPath").equals(DEVICE) ? "h" : "0.0.0.0", 6667))) {
            IotdbClient client = client(server, told -> {
                throw new IllegalStateException("asked for " + told);
            });
            write(client, DEVICE);
            write(client, "root.a.other");
            assertThat(usual).hasSize(2);
            assertThat(client.wires()).isOne();
            client.close().block();
        }
    }

    @Test
    void aNodeThatCanNotBeReachedCostsNoWriteAnything() {
        try (ScriptedServer server = naming(ClosedPort.number())) {
            IotdbClient client = client(server, Function.identity());
            for (int i = 0; i < 50; i++) {
                write(client, DEVICE);
            }
            assertThat(usual).hasSize(50);
            client.close().block();
        }
    }

    @Test
    void aWriteThatWasSentToANodeThatGoesAwayMayHaveRunAndIsNotSentAgain() {
        try (ScriptedServer node = ScriptedServer.start(peer -> {
                    login(peer);
                    Received first = tablet(peer, DEVICE);
                    better.add(DEVICE);
                    answer(peer, first, 200);
                    tablet(peer, DEVICE);
                    peer.close();
                });
                ScriptedServer server = naming(node.port())) {
            IotdbClient client = client(server, Function.identity());
            writeUntilItIsFollowed(client);
            usual.clear();
            StepVerifier.create(client.writes().insertTablet(one(DEVICE))).verifyErrorSatisfies(e -> {
                assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.CLOSED);
                assertThat(((WeirException) e).sent()).isEqualTo(Sent.MAYBE);
            });
            assertThat(usual).isEmpty();
            // The node is forgotten: what comes next goes the usual way.
            write(client, DEVICE);
            assertThat(usual).containsExactly(DEVICE);
            client.close().block();
        }
    }

    @Test
    void connectionsToNodesLeaveRoomForTheUsualOnes() {
        try (ScriptedServer node = betterNode();
                ScriptedServer server = naming(node.port())) {
            LinkedBlockingQueue<Endpoint> asked = new LinkedBlockingQueue<>();
            IotdbClient client = IotdbClient.builder()
                    .url("iotdb://" + server.host() + ":" + server.port() + "?sharedWires=1&maxWires=1&redirection=on")
                    .redirectedHosts(told -> {
                        asked.add(told);
                        return told;
                    })
                    .build();
            for (int i = 0; i < 20; i++) {
                write(client, DEVICE);
            }
            assertThat(usual).hasSize(20);
            assertThat(client.wires()).isOne();
            assertThat(asked).containsOnly(new Endpoint("127.0.0.1", node.port()));
            assertThat(node.connections()).isZero();
            client.close().block();
        }
    }

    // --- tables ---------------------------------------------------------------------------------------------------

    /** One row for each letter, which is its tag. */
    private static Tablet machines(String tags) {
        Tablet tablet = Tablet.ofTable("machines")
                .tag("line")
                .column("v", IotdbType.INT32)
                .build();
        for (int i = 0; i < tags.length(); i++) {
            tablet.row(i).set("line", tags.substring(i, i + 1)).set("v", i);
        }
        return tablet;
    }

    /** Names another node for rows of line b. */
    private ScriptedServer namingForB(int port) {
        return server(
                usual,
                call -> ServerMessages.redirectedEach(
                        "127.0.0.1",
                        tags(call).chars().map(tag -> tag == 'b' ? port : 0).toArray()));
    }

    private static IotdbClient tables(ScriptedServer server) {
        return client(
                server,
                "/db?sharedWires=1&maxWires=4&sqlDialect=table&hostRetry=1ms&hostRetryMax=1ms",
                Function.identity());
    }

    private void writeTablesUntilTheyAreFollowed(IotdbClient client) {
        Waits.until(() -> {
            StepVerifier.create(client.writes().insertTablet(machines("b")))
                    .expectNext(WriteResult.written(1))
                    .verifyComplete();
            return !better.isEmpty();
        });
        usual.clear();
        better.clear();
    }

    @Test
    void rowsOfATableGoToTheNodesThatWereNamedForTheirTags() {
        try (ScriptedServer node = betterNode();
                ScriptedServer server = namingForB(node.port())) {
            IotdbClient client = tables(server);
            writeTablesUntilTheyAreFollowed(client);
            StepVerifier.create(client.writes().insertTablet(machines("abcb")))
                    .expectNext(WriteResult.written(4))
                    .verifyComplete();
            assertThat(usual).containsExactly("ac");
            assertThat(better).containsExactly("bb");

            StepVerifier.create(client.writes().ingest(Flux.just(machines("bbb"), machines("c"))))
                    .expectNext(WriteResult.written(4))
                    .verifyComplete();
            assertThat(usual).containsExactly("ac", "c");
            assertThat(better).containsExactly("bb", "bbb");
            client.close().block();
        }
    }

    @Test
    void onlyTheRowsThatANodeHasRejectedAreSentAgainAndThoseThatItRefusesAreNamed() {
        AtomicInteger answers = new AtomicInteger();
        int[] codes = {200, 606, 200, 507};
        try (ScriptedServer node = server(
                        better,
                        call -> ServerMessages.status(
                                codes[Math.min(answers.getAndIncrement(), codes.length - 1)], "so it is"));
                ScriptedServer server = namingForB(node.port())) {
            IotdbClient client = tables(server);
            writeTablesUntilTheyAreFollowed(client);
            StepVerifier.create(client.writes().insertTablet(machines("abcb")))
                    .expectNext(WriteResult.written(4))
                    .verifyComplete();
            assertThat(usual).containsExactly("ac");
            assertThat(better).containsExactly("bb", "bb");

            StepVerifier.create(client.writes().insertTablet(machines("aab"))).verifyErrorSatisfies(e -> {
                WriteResult result = ((IncompleteWriteException) e.getCause()).result();
                assertThat(result.rows()).isEqualTo(2);
                assertThat(result.refusals()).hasSize(1).first().satisfies(refusal -> {
                    assertThat(refusal.firstRow()).isEqualTo(2);
                    assertThat(refusal.rows()).isOne();
                    assertThat(refusal.error().code()).isEqualTo(507);
                });
            });
            client.close().block();
        }
    }
}
