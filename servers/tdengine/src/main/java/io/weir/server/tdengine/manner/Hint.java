package io.weir.server.tdengine.manner;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a comment in a statement asks of the stand-in, for instance
 * <code>/&#42;weir delay=300 fail=5000&#42;/</code>. A real server takes it for the comment that it is.
 *
 * <ul>
 *   <li>{@code delay=ms} before the statement runs, {@code wait=ms} before each block
 *   <li>{@code fail=n} an error in place of the rows after the first n, {@code block=n} rows of a block
 *   <li>{@code drop=query|answer|block} cuts the socket off there, {@code dumb} makes it answer nothing from then on
 * </ul>
 */
public final class Hint {

    private static final Pattern COMMENT = Pattern.compile("/\\*weir\\s+([^*]*)\\*/");
    private static final Hint NONE = new Hint(Map.of());

    private final Map<String, String> words;

    private Hint(Map<String, String> words) {
        this.words = words;
    }

    public static Hint of(String sql) {
        Matcher comment = COMMENT.matcher(sql);
        if (!comment.find()) {
            return NONE;
        }
        Map<String, String> words = new HashMap<>();
        for (String word : comment.group(1).trim().split("\\s+", -1)) {
            int equals = word.indexOf('=');
            words.put(equals < 0 ? word : word.substring(0, equals), equals < 0 ? "true" : word.substring(equals + 1));
        }
        return new Hint(words);
    }

    public boolean is(String word) {
        return words.containsKey(word);
    }

    public boolean asks(String word, String value) {
        return value.equals(words.get(word));
    }

    public long number(String word, long otherwise) {
        String value = words.get(word);
        return value == null ? otherwise : Long.parseLong(value);
    }
}
