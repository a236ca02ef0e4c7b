package io.weir.server.tdengine.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as it came.
 *
 * @param path without the query, not decoded
 * @param query decoded parameters, the last one of a name
 * @param headers by names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // It is passed on and never compared.
public record HttpRequest(
        String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {

    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Whether the header has the word, for headers that are lists. */
    public boolean mentions(String name, String word) {
        String value = header(name);
        return value != null && value.toLowerCase(Locale.ROOT).contains(word);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
