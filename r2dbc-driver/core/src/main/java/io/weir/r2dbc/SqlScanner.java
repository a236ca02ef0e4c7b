package io.weir.r2dbc;

import io.weir.r2dbc.ParsedSql.Placeholder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds placeholders: one pass over the text, which jumps over whatever is quoted or commented out. */
final class SqlScanner {

    private final String sql;
    private final SqlSyntax syntax;
    private final List<Placeholder> found = new ArrayList<>();
    private final Map<String, Integer> byName = new HashMap<>();
    private int parameters;

    private SqlScanner(String sql, SqlSyntax syntax) {
        this.sql = sql;
        this.syntax = syntax;
    }

    static ParsedSql parse(String sql, SqlSyntax syntax) {
        SqlScanner scanner = new SqlScanner(sql, syntax);
        scanner.scan();
        return new ParsedSql(sql, scanner.found);
    }

    private void scan() {
        int at = 0;
        while (at < sql.length()) {
            at = step(at);
        }
    }

    /** Reads whatever begins here and returns where the next begins. */
    private int step(int at) {
        char c = sql.charAt(at);
        if (isNamePart(c) || c == ' ') {
            return at + 1;
        }
        int after = syntax.skip(sql, at);
        if (after > at) {
            return after;
        }
        if (c == '?') {
            found.add(new Placeholder(at, at + 1, null, parameters++));
            return at + 1;
        }
        return c == ':' ? colon(at) : at + 1;
    }

    private int colon(int at) {
        if (syntax.casts() && sql.startsWith("::", at)) {
            return at + 2;
        }
        int end = at + 1;
        while (end < sql.length() && isNamePart(sql.charAt(end))) {
            end++;
        }
        // 12:30, a:b and ":" alone are not names: a name begins with a letter, and not in the middle of a word.
        boolean insideWord = at > 0 && isNamePart(sql.charAt(at - 1));
        if (end == at + 1 || insideWord || Character.isDigit(sql.charAt(at + 1))) {
            return end;
        }
        String name = sql.substring(at + 1, end);
        Integer parameter = byName.get(name);
        if (parameter == null) {
            parameter = parameters++;
            byName.put(name, parameter);
        }
        found.add(new Placeholder(at, end, name, parameter));
        return end;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
