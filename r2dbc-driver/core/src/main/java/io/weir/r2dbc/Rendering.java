package io.weir.r2dbc;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.r2dbc.ParsedSql.Placeholder;
import org.jspecify.annotations.Nullable;

/** Puts bound values into a statement's text, where the server takes no parameters. */
public final class Rendering {

    /** Appends what stands in a placeholder for exactly one value, or refuses it with {@link IllegalArgumentException}. */
    @FunctionalInterface
    public interface Literal {
        void append(StringBuilder out, Placeholder place, @Nullable Object value);
    }

    private final String system;
    private final Literal literal;

    /**
     * A way of writing values.
     *
     * @param system stands in errors
     */
    public Rendering(String system, Literal literal) {
        this.system = system;
        this.literal = literal;
    }

    /** The whole statement with the values of a binding. */
    public String render(ParsedSql sql, Binding binding, int index) {
        if (sql.placeholders().isEmpty()) {
            return sql.text();
        }
        StringBuilder out =
                new StringBuilder(sql.text().length() + 16 * binding.values().size());
        append(out, sql, 0, sql.text().length(), binding, index);
        return out.toString();
    }

    /** Appends a part of the statement that cuts through no placeholder. */
    public void append(StringBuilder out, ParsedSql sql, int from, int to, Binding binding, int index) {
        int at = from;
        for (Placeholder placeholder : sql.placeholders()) {
            if (placeholder.start() >= from && placeholder.end() <= to) {
                out.append(sql.text(), at, placeholder.start());
                appendValue(out, placeholder, binding, index);
                at = placeholder.end();
            }
        }
        out.append(sql.text(), at, to);
    }

    private void appendValue(StringBuilder out, Placeholder placeholder, Binding binding, int index) {
        try {
            literal.append(
                    out,
                    placeholder,
                    binding.values().get(placeholder.parameter()).value());
        } catch (IllegalArgumentException refused) {
            String name = placeholder.name() == null ? "" : " (:" + placeholder.name() + ")";
            throw WeirException.of(
                            ErrorKind.BAD_REQUEST,
                            "Parameter " + placeholder.parameter() + name + " of binding " + index
                                    + " can not be sent: " + refused.getMessage())
                    .system(system)
                    .sent(WeirException.Sent.NO)
                    .build();
        }
    }
}
