package io.weir.server.tdengine.session;

import io.weir.server.tdengine.json.Json;
import io.weir.server.tdengine.sql.TaosError;
import io.weir.server.tdengine.ws.WebSocket.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Messages of /ws as they come in, with the adapter's own errors where they are none. */
final class Protocol {

    static final int HEAD = 24;
    private static final Map<Long, String> BINARY = Map.of(
            6L, "binary_query", 7L, "fetch_raw_block", 9L, "stmt2_bind", 10L, "validate_sql", 11L, "stmt2_bind_exec");

    private Protocol() {}

    static Request read(Message message, Outbox out) {
        return message.isText() ? text(message.text(), out) : binary(message.bytes(), out);
    }

    private static Request text(String json, Outbox out) {
        long begun = System.nanoTime();
        ByteBuffer none = ByteBuffer.allocate(0);
        Request broken = new Request("", 0, 0, new Args(Map.of()), none, begun, out);
        Object parsed;
        try {
            parsed = Json.parse(json);
        } catch (IllegalArgumentException e) {
            throw new BadMessage(broken, "unmarshal request error");
        }
        if (!(parsed instanceof Map<?, ?> envelope)) {
            throw new BadMessage(broken, "unmarshal request error");
        }
        String action = Objects.toString(envelope.get("action"), "");
        if (action.isEmpty()) {
            throw new BadMessage(broken, "request no action");
        }
        Request named = new Request(action, 0, 0, new Args(Map.of()), none, begun, out);
        Object given = envelope.get("args");
        if (!(given instanceof Map<?, ?>)) {
            if (action.equals("version")) {
                return named;
            }
            throw new BadMessage(named, "unmarshal " + action + " request error");
        }
        Args args = new Args(members((Map<?, ?>) given));
        try {
            return new Request(action, args.id("req_id"), 0, args, none, begun, out);
        } catch (IllegalArgumentException e) {
            throw new BadMessage(named, "unmarshal " + action + " request error");
        }
    }

    private static Map<String, @Nullable Object> members(Map<?, ?> given) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        given.forEach((name, value) -> members.put(String.valueOf(name), value));
        return members;
    }

    private static Request binary(byte[] bytes, Outbox out) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Args none = new Args(Map.of());
        long begun = System.nanoTime();
        if (bytes.length < HEAD) {
            throw new BadMessage(new Request("unknown", 0, 0, none, in, begun, out), "message length is too short");
        }
        long requestId = in.getLong();
        long second = in.getLong();
        long number = in.getLong();
        String action = BINARY.getOrDefault(number, "unknown");
        ByteBuffer body = in.slice().order(ByteOrder.LITTLE_ENDIAN);
        return new Request(action, requestId, second, none, body, begun, out);
    }

    /** A message that can be answered, but not be done. */
    static final class BadMessage extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient Request request;
        private final String text;

        BadMessage(Request request, String text) {
            super(text, null, false, false);
            this.request = request;
            this.text = text;
        }

        void answer() {
            request.fail(TaosError.ADAPTER, text);
        }
    }
}
