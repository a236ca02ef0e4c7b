package io.weir.iotdb;

import java.util.Locale;
import java.util.Set;

/** What a statement does to the session that runs it, as its first words say; the later, the more. */
public enum SessionSql {
    /** Nothing: any session may run it. */
    NEUTRAL,
    /**
     * It changes the session, and nobody means it to: the session that drops the database that it is in has none any
     * longer.
     */
    SPOILING,
    /** It changes the session, and those that follow are to find it changed: {@code USE}, {@code SET SQL_DIALECT}. */
    BINDING;

    /** What may be set without changing the session. Of the rest we know nothing, so it is taken for a change. */
    private static final Set<String> SET_FOR_ALL =
            Set.of("TTL", "STORAGE", "DATABASE", "SCHEMA", "DEVICE", "CONFIGURATION", "SYSTEM", "SPACE", "THROTTLE");

    /** Statements that are known to their session by name only. */
    private static final Set<String> ABOUT_THE_SESSION = Set.of("USE", "PREPARE", "EXECUTE", "DEALLOCATE");

    /** Looks at a statement of either dialect, behind blanks, comments, brackets and semicolons. */
    public static SessionSql of(String sql) {
        Words words = new Words(sql);
        String first = words.next();
        if (ABOUT_THE_SESSION.contains(first)) {
            return BINDING;
        }
        return switch (first) {
            case "SET" -> SET_FOR_ALL.contains(words.next()) ? NEUTRAL : BINDING;
            case "DROP", "DELETE" -> words.next().equals("DATABASE") ? SPOILING : NEUTRAL;
            default -> NEUTRAL;
        };
    }

    /** The words of a statement without what may stand between them. */
    private static final class Words {
        private final String sql;
        private int at;

        Words(String sql) {
            this.sql = sql;
        }

        /** In capitals; empty at the end, and where something stands that is no word. */
        String next() {
            skip();
            int start = at;
            while (at < sql.length() && isNamePart(sql.charAt(at))) {
                at++;
            }
            return sql.substring(start, at).toUpperCase(Locale.ROOT);
        }

        private void skip() {
            while (at < sql.length()) {
                char c = sql.charAt(at);
                if (Character.isWhitespace(c) || c == ';' || c == '(') {
                    at++;
                } else if (sql.startsWith("--", at)) {
                    at = after("\n");
                } else if (sql.startsWith("/*", at)) {
                    at = after("*/");
                } else {
                    return;
                }
            }
        }

        private int after(String end) {
            int found = sql.indexOf(end, at + 2);
            return found < 0 ? sql.length() : found + end.length();
        }

        private static boolean isNamePart(char c) {
            return Character.isLetterOrDigit(c) || c == '_';
        }
    }
}
