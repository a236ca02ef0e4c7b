package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.weir.core.WeirException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * An answer that came as a text message. What an older server leaves out reads as zero, false or empty.
 */
public final class JsonAnswer {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final JsonNode root;

    private JsonAnswer(JsonNode root) {
        this.root = root;
    }

    /**
     * Reads a message.
     *
     * @throws WeirException of kind PROTOCOL if it is no JSON object
     */
    public static JsonAnswer read(ByteBuf text) {
        int size = text.readableBytes();
        InputStream stream = new ByteBufInputStream(text);
        return read(() -> MAPPER.readTree(stream), size);
    }

    /** The same for a text. */
    public static JsonAnswer read(String text) {
        return read(() -> MAPPER.readTree(text), text.length());
    }

    private static JsonAnswer read(Supplier<JsonNode> tree, int size) {
        JsonNode root;
        try {
            root = tree.get();
        } catch (JacksonException e) {
            throw Malformed.error("A text message of " + size + " bytes is no JSON: " + e.getOriginalMessage());
        }
        if (!root.isObject()) {
            throw Malformed.error("A text message of " + size + " bytes is no JSON object");
        }
        return new JsonAnswer(root);
    }

    public String action() {
        return text("action");
    }

    public long requestId() {
        return number("req_id");
    }

    public int code() {
        return (int) number("code");
    }

    /** The server's refusal; null if it is none. */
    public @Nullable WeirException error() {
        return code() == 0 ? null : ErrorCodes.error(code(), text("message"));
    }

    /** A text; empty if there is none. */
    public String text(String name) {
        JsonNode node = node(name);
        return node.isString() ? node.stringValue() : "";
    }

    /** A whole number; zero if there is none. */
    public long number(String name) {
        return number(node(name));
    }

    /** A truth value; false if there is none. */
    public boolean truth(String name) {
        JsonNode node = node(name);
        return node.isBoolean() && node.booleanValue();
    }

    /** Whatever is there; a missing node if nothing is. */
    JsonNode node(String name) {
        JsonNode node = root.get(name);
        return node == null ? MissingNode.getInstance() : node;
    }

    static long number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : 0;
    }

    @Override
    public String toString() {
        return "JsonAnswer[" + action() + ", " + requestId() + ", code " + code() + "]";
    }
}
