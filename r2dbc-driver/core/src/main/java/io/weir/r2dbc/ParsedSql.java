package io.weir.r2dbc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose placeholders are found: {@code ?} by position or {@code :name} by name, outside of literals, quoted
 * identifiers and comments.
 *
 * @param text the statement as the user wrote it
 * @param placeholders in the order of the text; a name that occurs twice stands here twice
 */
public record ParsedSql(String text, List<Placeholder> placeholders) {

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
