package io.weir.tdengine;

import static io.weir.tdengine.AdapterScript.answer;
import static io.weir.tdengine.AdapterScript.binary;
import static io.weir.tdengine.AdapterScript.json;
import static io.weir.tdengine.AdapterScript.login;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.Schemaless.Protocol;
import io.weir.testkit.ScriptedServer;
import io.weir.testkit.WebSocketPeer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What travels, and what becomes of answers that no adapter should send. */
class ConversationScriptTest {

    /** The server's side behind a login that went well. */
    private static void talk(String query, Consumer<WebSocketPeer> script, Consumer<TdengineClient> work) {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    WebSocketPeer socket = login(peer);
                    assertThat(socket.request()).contains(query.contains("token=") ? "/ws?token=a%2Bb " : "/ws ");
                    script.accept(socket);
                    while (!socket.isAtEnd()) {
                        socket.read();
                    }
                });
                ClosingClient it =
                        ClosingClient.of("tdengine://u:p@" + server.host() + ":" + server.port() + "/d" + query)) {
            work.accept(it.client());
            it.client().close().block(StandIn.LONG);
            server.assertDone();
        }
    }

    @Test
    void anAdapterOfOldIsToldByTheVersionThatIsNeeded() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    WebSocketPeer.readHead(peer);
                    peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                });
                ClosingClient old = ClosingClient.of("tdengine://" + server.host() + ":" + server.port())) {
            WeirException error = StandIn.errorOf(old.client().run("SELECT 1"));
            assertThat(error.kind()).isEqualTo(ErrorKind.CONNECT);
            assertThat(error.sent()).isEqualTo(WeirException.Sent.NO);
            assertThat(error)
                    .hasMessageContaining("older than 3.3.2.0")
                    .hasMessageContaining("/rest/ws")
                    .hasMessageContaining("tdengine:rest://");
        }
    }

    @Test
    void linesWithoutASchemaTravelAsTheServerReadsThem() {
        talk(
                "",
                socket -> {
                    JsonNode request = json(socket);
                    assertThat(request.path("action").stringValue()).isEqualTo("insert");
                    assertThat(request.path("args").path("protocol").intValue()).isEqualTo(1);
                    assertThat(request.path("args").path("precision").stringValue())
                            .isEqualTo("u");
                    assertThat(request.path("args").path("ttl").intValue()).isEqualTo(7);
                    assertThat(request.path("args").path("data").stringValue()).isEqualTo("m,t=1 v=2 3\nm,t=1 v=3 4");
                    answer(socket, request, "\"affected_rows\":2,\"total_rows\":2");
                },
                client -> assertThat(client.insert(Schemaless.of(Protocol.LINE, "m,t=1 v=2 3\nm,t=1 v=3 4")
                                        .withPrecision("us")
                                        .withTtlDays(7))
                                .block(StandIn.LONG))
                        .isEqualTo(2));
    }

    @Test
    void theCloudsTokenIsPartOfThePath() {
        talk(
                "?token=a%2Bb",
                socket -> answer(socket, "binary_query", binary(socket, 6), "\"is_update\":true,\"affected_rows\":1"),
                client -> assertThat(client.execute("x").block(StandIn.LONG)).isEqualTo(1));
    }

    @Test
    void answersThatNobodyAskedForAreIgnoredAndWhatTheyOpenedIsFreed() {
        talk(
                "",
                socket -> {
                    long id = binary(socket, 6);
                    answer(socket, "coffee", id, "\"is_update\":true");
                    answer(socket, "binary_query", id + 77, "\"id\":5");
                    JsonNode freed = json(socket);
                    assertThat(freed.path("action").stringValue()).isEqualTo("free_result");
                    assertThat(freed.path("args").path("id").intValue()).isEqualTo(5);
                    answer(socket, "binary_query", id, "\"is_update\":true,\"affected_rows\":3");
                },
                client -> assertThat(client.execute("x").block(StandIn.LONG)).isEqualTo(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"id\":5,\"fields_count\":2,\"fields_names\":[\"a\"],\"fields_types\":[1]",
                "\"id\":5,\"fields_count\":1,\"fields_names\":[\"a\"],\"fields_types\":[77]"
            })
    void aResultThatCanNotBeReadIsATypedErrorAndIsFreed(String description) {
        talk(
                "",
                socket -> {
                    answer(socket, "binary_query", binary(socket, 6), description);
                    assertThat(socket.readText()).contains("\"free_result\"").contains("\"id\":5");
                },
                client -> assertThat(StandIn.errorOf(client.run("x")).kind()).isEqualTo(ErrorKind.PROTOCOL));
    }

    @Test
    void aBlockThatCanNotBeReadIsATypedErrorAndItsResultIsFreed() {
        talk(
                "",
                socket -> {
                    answer(
                            socket,
                            "binary_query",
                            binary(socket, 6),
                            "\"id\":5,\"fields_count\":1,\"fields_names\":[\"a\"],\"fields_types\":[4]");
                    long id = binary(socket, 7);
                    ByteBuffer block = ByteBuffer.allocate(51 + 4 + 40).order(ByteOrder.LITTLE_ENDIAN);
                    block.putLong(-1).putLong(7).putShort((short) 1).putLong(1).putLong(id);
                    block.putInt(0).putInt(0).putLong(5).put((byte) 0).putInt(40);
                    socket.send(WebSocketPeer.BINARY, block.array());
                    assertThat(socket.readText()).contains("\"free_result\"").contains("\"id\":5");
                },
                client -> {
                    WeirException error = StandIn.errorOf(client.run("x"));
                    assertThat(error.kind()).isEqualTo(ErrorKind.PROTOCOL);
                    assertThat(error).hasMessageContaining("block");
                });
    }

    @Test
    void aRefusedFetchComesAsAFailure() {
        talk(
                "",
                socket -> {
                    answer(
                            socket,
                            "binary_query",
                            binary(socket, 6),
                            "\"id\":5,\"fields_count\":1,\"fields_names\":[\"a\"],\"fields_types\":[4]");
                    long id = binary(socket, 7);
                    byte[] text = "query killed".getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    ByteBuffer end = ByteBuffer.allocate(51 + text.length).order(ByteOrder.LITTLE_ENDIAN);
                    end.putLong(-1).putLong(7).putShort((short) 1).putLong(1).putLong(id);
                    end.putInt(0x22d).putInt(text.length).put(text).putLong(5).put((byte) 1);
                    socket.send(WebSocketPeer.BINARY, end.array());
                },
                client -> {
                    List<ResultPart> parts = StandIn.all(client.run("x"));
                    assertThat(parts).hasSize(2);
                    WeirException error = ((ResultPart.Failure) parts.get(0)).error();
                    assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
                    assertThat(error.code()).isEqualTo(0x22d);
                });
    }
}
