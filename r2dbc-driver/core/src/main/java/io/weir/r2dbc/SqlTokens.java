package io.weir.r2dbc;

import io.weir.r2dbc.ParsedSql.Placeholder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a statement word by word, for drivers that have to know its shape. Each {@code take} moves on if that comes next. */
public final class SqlTokens {

    private final String sql;
    private final SqlSyntax syntax;
    private final Map<Integer, Placeholder> placeholders = new HashMap<>();
    private int at;

    /** At the beginning of a text that has no placeholders, or whose placeholders are of no interest. */
    public SqlTokens(String sql, SqlSyntax syntax) {
        this(new ParsedSql(sql, List.of()), syntax);
    }

    /** At the beginning of a statement. */
    public SqlTokens(ParsedSql parsed, SqlSyntax syntax) {
        this.sql = parsed.text();
        this.syntax = syntax;
        parsed.placeholders().forEach(each -> placeholders.put(each.start(), each));
    }

    /** Where the next word, mark or quoted text begins. */
    public int at() {
        peek();
        return at;
    }

    /** Where the part ends that was taken last; good until something else is asked. */
    public int end() {
        return at;
    }

    /** Goes on at a place that {@link #at} has told. */
    public void backTo(int position) {
        at = position;
    }

    /** Whether nothing follows but spaces and comments. */
    public boolean isAtEnd() {
        return peek() == 0;
    }

    /** A word, whatever its case. */
    public boolean takeWord(String expected) {
        peek();
        int end = at + expected.length();
        boolean there = sql.regionMatches(true, at, expected, 0, expected.length())
                && (end == sql.length() || !isNamePart(sql.charAt(end)));
        at = there ? end : at;
        return there;
    }

    /** A name, plain or in quotes. */
    public boolean takeName() {
        if (isQuote(peek())) {
            at = syntax.skip(sql, at);
            return true;
        }
        int from = at;
        while (at < sql.length() && isNamePart(sql.charAt(at))) {
            at++;
        }
        return at > from;
    }

    /** The name of a table or a series: all that stands up to the next space or parenthesis, quoted parts as a whole. */
    public boolean takePath() {
        peek();
        int from = at;
        while (at < sql.length() && sql.charAt(at) != '(' && !Character.isWhitespace(sql.charAt(at))) {
            step();
        }
        return at > from;
    }

    /** One character. */
    public boolean take(char expected) {
        boolean there = peek() == expected;
        at += there ? 1 : 0;
        return there;
    }

    /** One placeholder. */
    public boolean takePlaceholder() {
        peek();
        Placeholder found = placeholders.get(at);
        at = found == null ? at : found.end();
        return found != null;
    }

    /** Placeholders in parentheses, and nothing else. */
    public boolean takePlaceholders() {
        if (!take('(')) {
            return false;
        }
        do {
            if (!takePlaceholder()) {
                return false;
            }
        } while (take(','));
        return take(')');
    }

    /** A parenthesis with all that is in it, if one comes next; false as well if it never closes. */
    public boolean takeParenthesis() {
        if (peek() != '(') {
            return false;
        }
        int depth = 0;
        do {
            char c = peek();
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return take(')');
            }
            step();
        } while (!isAtEnd());
        return false;
    }

    /** Where the placeholders begin that stand in no parenthesis, from here on. */
    public Set<Integer> placeholdersOutsideOfParentheses() {
        Set<Integer> found = new HashSet<>();
        while (!isAtEnd()) {
            int here = at();
            if (takePlaceholder()) {
                found.add(here);
            } else if (!takeParenthesis()) {
                step();
            }
        }
        return found;
    }

    /** One character, or what is quoted here. */
    private void step() {
        if (at < sql.length()) {
            at = Math.max(at + 1, syntax.skip(sql, at));
        }
    }

    /** The next character that is neither space nor comment; 0 at the end. */
    private char peek() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            int after = Character.isWhitespace(c) ? at + 1 : isQuote(c) ? at : syntax.skip(sql, at);
            if (after == at) {
                return c;
            }
            at = after;
        }
        return 0;
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"' || c == '`';
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
