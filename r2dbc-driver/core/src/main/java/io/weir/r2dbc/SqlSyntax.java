package io.weir.r2dbc;

import java.util.ArrayList;
import java.util.List;

/**
 * As much of a store's SQL as is needed to tell a placeholder from text that only looks like one.
 *
 * @param quotes what literals and quoted identifiers stand in
 * @param lineComments what starts a comment that ends with the line
 * @param blockComments whether there are comments from slash-star to star-slash
 * @param casts whether {@code ::} is a cast
 */
public record SqlSyntax(List<Quote> quotes, List<String> lineComments, boolean blockComments, boolean casts) {

    /**
     * A kind of quotes.
     *
     * @param mark the character that opens and closes; doubled inside, it stands for itself
     * @param backslash whether a backslash takes the next character's meaning away
     */
    public record Quote(char mark, boolean backslash) {}

    /** Standard SQL: {@code 'text'}, {@code "identifier"}, {@code -- comment}, block comments. */
    public static final SqlSyntax STANDARD =
            new SqlSyntax(List.of(new Quote('\'', false), new Quote('"', false)), List.of("--"), true, false);

    public SqlSyntax {
        quotes = List.copyOf(quotes);
        lineComments = List.copyOf(lineComments);
    }

    /** The same with one more kind of quotes; it replaces what was known about that mark. */
    public SqlSyntax withQuote(char mark, boolean backslash) {
        List<Quote> more = new ArrayList<>(quotes);
        more.removeIf(quote -> quote.mark() == mark);
        more.add(new Quote(mark, backslash));
        return new SqlSyntax(more, lineComments, blockComments, casts);
    }

    /** The same with one more mark that starts a line comment. */
    public SqlSyntax withLineComment(String mark) {
        List<String> more = new ArrayList<>(lineComments);
        more.add(mark);
        return new SqlSyntax(quotes, more, blockComments, casts);
    }

    /** The same with {@code ::} as a cast. */
    public SqlSyntax withCasts() {
        return new SqlSyntax(quotes, lineComments, blockComments, true);
    }

    /**
     * Jumps over what a statement quotes or comments out.
     *
     * @param at a position in the text
     * @return where the literal, quoted identifier or comment that begins there ends; {@code at} itself if none does
     */
    public int skip(String sql, int at) {
        char c = sql.charAt(at);
        for (Quote quote : quotes) {
            if (c == quote.mark()) {
                return afterQuoted(sql, at + 1, quote);
            }
        }
        for (String mark : lineComments) {
            if (sql.startsWith(mark, at)) {
                int end = sql.indexOf('\n', at);
                return end < 0 ? sql.length() : end + 1;
            }
        }
        if (blockComments && sql.startsWith("/*", at)) {
            int end = sql.indexOf("*/", at + 2);
            return end < 0 ? sql.length() : end + 2;
        }
        return at;
    }

    private static int afterQuoted(String sql, int from, Quote quote) {
        for (int at = from; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (c == '\\' && quote.backslash()) {
                at++;
            } else if (c == quote.mark()) {
                if (at + 1 == sql.length() || sql.charAt(at + 1) != quote.mark()) {
                    return at + 1;
                }
                at++;
            }
        }
        return sql.length();
    }
}
