package io.weir.r2dbc;

import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose placeholders are found: {@code ?} by position or {@code :name} by name, outside of literals, quoted
 * identifiers and comments.
 *
 * @param text the statement as the user wrote it
 * @param placeholders in the order of the text; a name that occurs twice stands here twice
 */
public record ParsedSql(String text, List<Placeholder> placeholders) {

    public ParsedSql {
        placeholders = List.copyOf(placeholders);
    }

    /** Finds the placeholders of a statement. */
    public static ParsedSql of(String text, SqlSyntax syntax) {
        return SqlScanner.parse(text, syntax);
    }

    /** How many values a {@link Binding} of this statement has. */
    public int parameters() {
        int highest = -1;
        for (Placeholder placeholder : placeholders) {
            highest = Math.max(highest, placeholder.parameter());
        }
        return highest + 1;
    }

    /**
     * The text with every placeholder replaced.
     *
     * @param replacement given the index of a parameter, what to write in its places
     */
    public String replace(IntFunction<String> replacement) {
        StringBuilder out = new StringBuilder(text.length() + 16 * placeholders.size());
        int at = 0;
        for (Placeholder placeholder : placeholders) {
            out.append(text, at, placeholder.start()).append(replacement.apply(placeholder.parameter()));
            at = placeholder.end();
        }
        return out.append(text, at, text.length()).toString();
    }

    /**
     * One place for a value.
     *
     * @param start where it begins in the text
     * @param end where it ends, exclusive
     * @param name its name without the colon; null for {@code ?}
     * @param parameter the index of its value in a {@link Binding}; equal for equal names
     */
    public record Placeholder(int start, int end, @Nullable String name, int parameter) {}
}
