package io.weir.server.tdengine.session;

import io.weir.server.tdengine.json.JsonText;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text answer: the five fields that all have, and those of the action. */
public final class Reply {

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    private Reply(int code, String message, String action, long requestId, long nanos) {
        fields.put("code", code & 0xffff);
        fields.put("message", message);
        fields.put("action", action);
        fields.put("req_id", unsigned(requestId));
        fields.put("timing", nanos);
    }

    public static Reply ok(String action, long requestId, long nanos) {
        return new Reply(0, "", action, requestId, nanos);
    }

    public static Reply error(int code, String message, String action, long requestId, long nanos) {
        return new Reply(code, message, action, requestId, nanos);
    }

    public static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    public Reply with(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    public String json() {
        return JsonText.of(fields);
    }
}
