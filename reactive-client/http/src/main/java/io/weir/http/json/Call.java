package io.weir.http.json;

import io.weir.core.Endpoint;
import java.nio.charset.StandardCharsets;

/**
 * One HTTP call.
 *
 * @param operation what is asked, in a word or two, for error texts and metrics; never a secret
 * @param path with the query; the query counts as a secret, and is in no text
 * @param body what is sent; an empty one sends a GET
 * @param contentType of the body
 */
@SuppressWarnings("ArrayRecordComponent") // calls are made, never compared
public record Call(Endpoint endpoint, String operation, String path, byte[] body, String contentType) {

    public static Call get(Endpoint endpoint, String operation, String path) {
        return new Call(endpoint, operation, path, new byte[0], "");
    }

    /** Sends a text, such as a statement. */
    public static Call post(Endpoint endpoint, String operation, String path, String text) {
        return new Call(endpoint, operation, path, text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
    }

    String shownPath() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** Without body and query. */
    @Override
    public String toString() {
        return operation + " at " + endpoint + shownPath();
    }
}
