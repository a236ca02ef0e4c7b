package io.weir.server.tdengine;

import io.weir.server.tdengine.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JDK's WebSocket, to send what no good client sends. */
final class RawClient implements AutoCloseable {

    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    // Kept, for the JDK stops the threads of a client that nobody refers to.
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;

    RawClient(TdengineStandIn server, String path) {
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + path), new Listener())
                .join();
    }

    static RawClient connected(TdengineStandIn server) {
        RawClient client = new RawClient(server, "/ws");
        client.send("conn", "\"req_id\":1,\"user\":\"root\",\"password\":\"taosdata\"");
        client.next();
        return client;
    }

    void send(String action, String args) {
        text("{\"action\":\"" + action + "\",\"args\":{" + args + "}}");
    }

    void text(String text) {
        socket.sendText(text, true).join();
    }

    void binary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Actions 6 and 7. */
    void query(long requestId, String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        binary(head(30 + text.length, requestId, 0, 6)
                .putShort((short) 1)
                .putInt(text.length)
                .put(text)
                .array());
    }

    void fetch(long requestId, long result) {
        binary(head(26, requestId, result, 7).putShort((short) 1).array());
    }

    static ByteBuffer head(int length, long requestId, long second, long action) {
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(requestId)
                .putLong(second)
                .putLong(action);
    }

    /** The next text as a map, the next bytes as a buffer, "ping", or "end". */
    Object next() {
        try {
            Object next = heard.poll(20, TimeUnit.SECONDS);
            return next == null ? "nothing" : next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Map<String, Object> json() {
        Object next = next();
        if (!(next instanceof Map<?, ?> members)) {
            throw new AssertionError("No JSON came, but: " + next);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        members.forEach((name, value) -> json.put(String.valueOf(name), value));
        return json;
    }

    ByteBuffer bytes() {
        return (ByteBuffer) next();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();
        private final List<ByteBuffer> parts = new ArrayList<>();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard.add(Json.parse(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            ByteBuffer copy = ByteBuffer.allocate(data.remaining());
            parts.add(copy.put(data).flip());
            if (last) {
                ByteBuffer whole = ByteBuffer.allocate(
                        parts.stream().mapToInt(ByteBuffer::remaining).sum());
                parts.forEach(whole::put);
                parts.clear();
                heard.add(whole.flip().order(ByteOrder.LITTLE_ENDIAN));
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
            heard.add("ping");
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            heard.add("end");
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            heard.add("end");
        }
    }
}
