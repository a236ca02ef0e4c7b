package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.weir.core.WeirException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What an answer says of the request that it belongs to.
 *
 * @param action that was asked for
 * @param requestId under which; 0: the server could not make out any
 */
public record AnswerHead(String action, long requestId) {

    /** Under which action answers to fetches are known: they are binary, and have a number for it. */
    public static final String FETCH = "fetch_raw_block";

    private static final JsonFactory FACTORY = new JsonFactory();

    /** The head of a binary message; null if it is no answer that we know. */
    public static @Nullable AnswerHead ofBinary(ByteBuf message) {
        if (RawDataAnswer.isOne(message)) {
            return new AnswerHead(RawDataAnswer.ACTION, RawDataAnswer.requestId(message));
        }
        return FetchAnswer.isOne(message) ? new AnswerHead(FETCH, FetchAnswer.requestId(message)) : null;
    }

    /**
     * The head of a text message, read as far as it takes to find it.
     *
     * @throws WeirException of kind PROTOCOL if it is no JSON
     */
    public static AnswerHead ofText(ByteBuf message) {
        InputStream bytes = new ByteBufInputStream(message.duplicate());
        String action = null;
        Long requestId = null;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Malformed.error("A text message of " + message.readableBytes() + " bytes is no JSON object");
            }
            while ((action == null || requestId == null) && parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("action") && value == JsonToken.VALUE_STRING) {
                    action = parser.getString();
                } else if (name.equals("req_id") && value == JsonToken.VALUE_NUMBER_INT) {
                    requestId = parser.getLongValue();
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw Malformed.error(
                    "A text message of " + message.readableBytes() + " bytes is no JSON: " + e.getOriginalMessage());
        }
        return new AnswerHead(action == null ? "" : action, requestId == null ? 0 : requestId);
    }
}
