package io.weir.server.tdengine.session;

import io.weir.server.tdengine.json.Json;
import io.weir.server.tdengine.sql.TaosError;
import io.weir.server.tdengine.ws.WebSocket.Message;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Messages of /ws as they come in, with the adapter's own errors where they are none. */
final class Protocol {

    static final int HEAD = 24;
    /** The action of binary messages with another number than those below. */
    static final String UNKNOWN = "unknown";

    private static final Map<Long, String> BINARY = Map.of(
            6L, "binary_query", 7L, "fetch_raw_block", 9L, "stmt2_bind", 10L, "validate_sql", 11L, "stmt2_bind_exec");
    private static final Map<String, String> SPOKEN = Map.of("conn", "connect", "insert", "schemaless insert");

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,20}");

    private Protocol() {}

    static Request read(Message message, Outbox out) {
        return message.isText() ? text(message.text(), out) : binary(message.bytes(), out);
    }

    private static Request text(String json, Outbox out) {
        long begun = System.nanoTime();
        Request broken = request("", 0, Map.of(), null, begun, out);
        Object parsed;
        try {
            parsed = Json.parse(json);
        } catch (IllegalArgumentException e) {
            throw new BadMessage(broken, "unmarshal request error");
        }
        if (parsed == null) {
            throw new BadMessage(broken, "request no action");
        } else if (!(parsed instanceof Map<?, ?> envelope)) {
            throw new BadMessage(broken, "unmarshal request error");
        } else {
            return named(envelope, begun, out);
        }
    }

    private static Request named(Map<?, ?> envelope, long begun, Outbox out) {
        if (envelope.get("action") != null && !(envelope.get("action") instanceof String)) {
            throw new BadMessage(request("", 0, Map.of(), null, begun, out), "unmarshal request error");
        }
        String action = Objects.toString(envelope.get("action"), "");
        Object given = envelope.get("args");
        boolean absent = !envelope.containsKey("args");
        Map<String, @Nullable Object> args = given instanceof Map<?, ?> members ? members(members) : Map.of();
        long requestId = likelyId(args.get("req_id"));
        if (action.isEmpty()) {
            throw new BadMessage(request("", requestId, args, null, begun, out), "request no action");
        }
        boolean understood = absent
                ? action.equals("version")
                : (given == null || given instanceof Map<?, ?>) && ArgumentTypes.fit(action, args);
        return request(action, requestId, args, understood ? null : unmarshal(action), begun, out);
    }

    private static Request request(
            String action,
            long requestId,
            Map<String, @Nullable Object> args,
            @Nullable String refusal,
            long begun,
            Outbox out) {
        return new Request(action, requestId, 0, new Args(args), refusal, ByteBuffer.allocate(0), begun, out);
    }

    /** What the adapter echoes as the id of a request that it does not understand. */
    private static long likelyId(@Nullable Object given) {
        Matcher digits = DIGITS.matcher(String.valueOf(given));
        BigInteger id = digits.lookingAt() ? new BigInteger(digits.group()) : BigInteger.ZERO;
        return id.bitLength() > Long.SIZE ? 0 : id.longValue();
    }

    private static String unmarshal(String action) {
        return "unmarshal " + SPOKEN.getOrDefault(action, action.replace('_', ' ')) + " request error";
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
            throw new BadMessage(new Request(UNKNOWN, 0, 0, none, null, in, begun, out), "message length is too short");
        }
        long requestId = in.getLong();
        long second = in.getLong();
        long number = in.getLong();
        String action = BINARY.get(number);
        String refusal = action == null ? "unknown binary action " + Long.toUnsignedString(number) : null;
        ByteBuffer body = in.slice().order(ByteOrder.LITTLE_ENDIAN);
        return new Request(action == null ? UNKNOWN : action, requestId, second, none, refusal, body, begun, out);
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
