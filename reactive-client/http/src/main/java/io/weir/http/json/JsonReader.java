package io.weir.http.json;

import io.weir.core.WeirException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Makes elements of the tokens of one answer as they come. One reader per answer; it is called by one thread at a time, and
 * only while somebody wants the next element.
 */
public interface JsonReader<T> {

    /**
     * Takes one token, at which the parser stands; it must not move it.
     *
     * @return an element if the token completes one
     * @throws WeirException if the answer says that the call failed
     */
    @Nullable T token(JsonToken token, JsonParser parser);

    /** The document has ended as it should. Throws if something that it needs was not in it. */
    default void end() {}

    /**
     * What the server said with a status that is no success.
     *
     * @param body its first 64 KiB
     * @return the error to report; null for one that is made of the status
     */
    default @Nullable WeirException refused(int status, String body) {
        return null;
    }
}
