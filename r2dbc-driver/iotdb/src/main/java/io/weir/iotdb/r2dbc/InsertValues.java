package io.weir.iotdb.r2dbc;

import io.weir.r2dbc.SqlSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shape of an {@code INSERT INTO … VALUES (…), (…)}: how many rows it names, and where they stand. The server never
 * says how many rows it wrote, but one that answers "success" has written all of them.
 *
 * @param valuesStart where the first row begins, at its parenthesis
 * @param valuesEnd where the last row ends, exclusive
 * @param rows how many rows there are
 * @param namesTime whether each row says its own time; if not, the server puts its clock's time at the moment of the
 *     statement, so that rows of one statement would fall together
 */
record InsertValues(int valuesStart, int valuesEnd, int rows, boolean namesTime) {

    private static final Set<String> TIME_NAMES = Set.of("time", "timestamp");

    /** The shape of a statement; null if it is anything but an INSERT of plain rows. */
    static @Nullable InsertValues of(String sql, SqlSyntax syntax) {
        return new Reader(sql, syntax).read();
    }

    /** Reads words, quoted names and parentheses; never looks into a row. */
    private static final class Reader {

        private final String sql;
        private final SqlSyntax syntax;
        private int at;

        Reader(String sql, SqlSyntax syntax) {
            this.sql = sql;
            this.syntax = syntax;
        }

        @Nullable InsertValues read() {
            if (!word("insert") || !word("into") || !target()) {
                return null;
            }
            // Without a list of columns the values stand in the table's own order, and the time is one of them.
            boolean namesTime = true;
            if (peek() == '(') {
                int open = at;
                if (!parenthesis()) {
                    return null;
                }
                namesTime = columns(open).stream().anyMatch(TIME_NAMES::contains);
            }
            word("aligned");
            if (!word("values")) {
                return null;
            }
            return rows(namesTime);
        }

        private @Nullable InsertValues rows(boolean namesTime) {
            peek();
            int start = at;
            int end;
            int rows = 0;
            do {
                if (peek() != '(' || !parenthesis()) {
                    return null;
                }
                end = at;
                rows++;
            } while (accept(','));
            accept(';');
            return peek() == 0 ? new InsertValues(start, end, rows, namesTime) : null;
        }

        /** The table or device: names, quoted or not, with dots between them. */
        private boolean target() {
            peek();
            int from = at;
            while (at < sql.length() && sql.charAt(at) != '(' && !Character.isWhitespace(sql.charAt(at))) {
                at = Math.max(at + 1, syntax.skip(sql, at));
            }
            return at > from;
        }

        /** Jumps over a parenthesis and all that is in it; false if it never closes. */
        private boolean parenthesis() {
            int depth = 0;
            while (at < sql.length()) {
                char c = sql.charAt(at);
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                at = Math.max(at + 1, syntax.skip(sql, at));
                if (depth == 0) {
                    return true;
                }
            }
            return false;
        }

        private List<String> columns(int open) {
            List<String> names = new ArrayList<>();
            StringBuilder name = new StringBuilder();
            for (int i = open + 1; i < at; i++) {
                char c = sql.charAt(i);
                if (c == ',' || i == at - 1) {
                    names.add(name.toString().strip().toLowerCase(Locale.ROOT));
                    name.setLength(0);
                } else if (c != '"' && c != '`') {
                    name.append(c);
                }
            }
            return names;
        }

        private boolean word(String expected) {
            peek();
            int end = at + expected.length();
            boolean there = sql.regionMatches(true, at, expected, 0, expected.length())
                    && (end == sql.length() || !isNamePart(sql.charAt(end)));
            if (there) {
                at = end;
            }
            return there;
        }

        private boolean accept(char expected) {
            boolean there = peek() == expected;
            if (there) {
                at++;
            }
            return there;
        }

        /** The next character that is neither space nor comment; 0 at the end. */
        private char peek() {
            while (at < sql.length()) {
                char c = sql.charAt(at);
                boolean quoted = c == '\'' || c == '"' || c == '`';
                int after = Character.isWhitespace(c) ? at + 1 : quoted ? at : syntax.skip(sql, at);
                if (after == at) {
                    return c;
                }
                at = after;
            }
            return 0;
        }

        private static boolean isNamePart(char c) {
            return Character.isLetterOrDigit(c) || c == '_';
        }
    }
}
