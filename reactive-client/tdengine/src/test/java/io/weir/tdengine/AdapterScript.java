package io.weir.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.Peer;
import io.weir.testkit.WebSocketPeer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What scripts of the adapter say to clients, and hear from them. */
final class AdapterScript {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private AdapterScript() {}

    /** A login that goes well. */
    static WebSocketPeer login(Peer peer) {
        WebSocketPeer socket = WebSocketPeer.accept(peer);
        JsonNode login = json(socket);
        assertThat(login.path("action").stringValue()).isEqualTo("conn");
        answer(socket, login, "\"version\":\"3.3.8.1\"");
        return socket;
    }

    /** The next request, which is not a binary one. */
    static JsonNode json(WebSocketPeer socket) {
        return MAPPER.readTree(socket.readText());
    }

    /** The number of a binary request, after a look at its action. */
    static long binary(WebSocketPeer socket, int action) {
        ByteBuffer request =
                ByteBuffer.wrap(socket.read(WebSocketPeer.BINARY).payload()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(request.getLong(16)).isEqualTo(action);
        return request.getLong(0);
    }

    static void answer(WebSocketPeer socket, JsonNode request, String more) {
        answer(
                socket,
                request.path("action").stringValue(),
                request.path("args").path("req_id").longValue(),
                more);
    }

    static void answer(WebSocketPeer socket, String action, long id, String more) {
        socket.sendText("{\"code\":0,\"message\":\"\",\"action\":\"" + action + "\",\"req_id\":" + id + ",\"timing\":1,"
                + more + "}");
    }

    /** Nothing more is asked until the client has gone. */
    static void farewell(WebSocketPeer socket) {
        while (!socket.isAtEnd()) {
            assertThat(socket.read().opcode()).isNotIn(WebSocketPeer.TEXT, WebSocketPeer.BINARY);
        }
    }
}
