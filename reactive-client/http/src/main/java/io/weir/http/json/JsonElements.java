package io.weir.http.json;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.json.JsonFactory;

/** The elements of one document, out of bytes that come in pieces. */
final class JsonElements<T> {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonReader<T> reader;
    private final CallErrors errors;
    private final JsonParser parser;
    private final ByteArrayFeeder feeder;
    private int documents;
    private boolean complete;

    JsonElements(JsonReader<T> reader, CallErrors errors) {
        this.reader = reader;
        this.errors = errors;
        this.parser = FACTORY.createNonBlockingByteArrayParser(ObjectReadContext.empty());
        this.feeder = (ByteArrayFeeder) parser.nonBlockingInputFeeder();
    }

    /** The next element; null if bytes are missing for it, and if the document is complete. */
    @Nullable T next() {
        while (!complete) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                reader.end();
                complete = true;
            } else if (token == JsonToken.NOT_AVAILABLE) {
                return null;
            } else {
                countDocuments(token);
                T element = reader.token(token, parser);
                if (element != null) {
                    return element;
                }
            }
        }
        return null;
    }

    /** Whether the end was read, behind which there is nothing. */
    boolean isComplete() {
        return complete;
    }

    /** More bytes, once {@link #next()} has used up those before; releases them. */
    void feed(ByteBuf bytes) {
        byte[] chunk = new byte[bytes.readableBytes()];
        bytes.readBytes(chunk).release();
        feeder.feedInput(chunk, 0, chunk.length);
    }

    /** There are no more bytes. */
    void end() {
        feeder.endOfInput();
    }

    void close() {
        parser.close();
    }

    private void countDocuments(JsonToken token) {
        if (parser.streamReadContext().inRoot() && (token.isStructEnd() || token.isScalarValue()) && ++documents > 1) {
            throw errors.moreThanOne();
        }
    }
}
