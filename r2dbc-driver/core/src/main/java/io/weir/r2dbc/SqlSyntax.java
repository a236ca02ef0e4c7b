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
}
