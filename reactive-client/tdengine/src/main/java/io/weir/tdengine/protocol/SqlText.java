package io.weir.tdengine.protocol;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of TDengine's SQL as is needed to tell what a statement is about. Single and double quotes hold texts, in which a
 * backslash takes the next character's meaning; back-ticks hold names; a doubled quote is one.
 */
public final class SqlText {

    private static final Set<String> BINDING = Set.of("USE");
    private static final Set<String> NAMING = Set.of("USE", "ALTER", "DROP", "CREATE");

    private static final Pattern LAST_LIMIT =
            Pattern.compile("(?i)\\bLIMIT\\s+(\\d+)(?:\\s*,\\s*(\\d+)|\\s+OFFSET\\s+\\d+)?[\\s;]*$");
    private static final Pattern END = Pattern.compile("[\\s;]+$");
    private static final Set<String> READING = Set.of("SELECT", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "WITH", "");

    private SqlText() {}

    /** Whether a statement is a query, whose answer is rows and not a count. */
    public static boolean asksForRows(String sql) {
        return READING.contains(firstWord(sql));
    }

    /** Whether a statement can be asked for as the source of another one. */
    public static boolean isSelect(String sql) {
        return firstWord(sql).equals("SELECT");
    }

    /** Whether a query itself says that it wants so many rows; not sure where there are comments. */
    public static boolean limitsItselfTo(long rows, String sql) {
        Matcher limit = LAST_LIMIT.matcher(sql);
        if (sql.contains("--") || sql.contains("/*") || !limit.find()) {
            return false;
        }
        // LIMIT 10, LIMIT 10 OFFSET 20 and LIMIT 20, 10 all mean ten rows.
        String wanted = limit.group(2) == null ? limit.group(1) : limit.group(2);
        return wanted.equals(Long.toString(rows));
    }

    /** A query for the number of rows of another one. */
    public static String countOf(String sql) {
        // A comment at its end must not take the bracket with it.
        return "SELECT COUNT(*) FROM (" + END.matcher(sql).replaceFirst("") + "\n)";
    }

    /** Whether the session is not what it was after this statement. */
    public static boolean isBinding(String sql) {
        return BINDING.contains(firstWord(sql));
    }

    /** Whether the names in other statements may stand for something else after this one. */
    public static boolean changesNames(String sql) {
        return NAMING.contains(firstWord(sql));
    }

    /** Whether a statement deals with users, passwords or tokens and has quoted texts. */
    public static boolean isSecret(String sql) {
        return aboutSecrets(sql) && !hidden(sql).equals(sql);
    }

    /** The statement; if it deals with users, passwords or tokens, then without its quoted texts. */
    public static String mask(String sql) {
        return aboutSecrets(sql) ? hidden(sql) : sql;
    }

    /** The first word in upper case, behind blanks and comments; empty if there is none. */
    static String firstWord(String sql) {
        int at = 0;
        while (at < sql.length()) {
            int after = afterComment(sql, at);
            if (after == at && !Character.isWhitespace(sql.charAt(at))) {
                break;
            }
            at = Math.max(after, at + 1);
        }
        int end = at;
        while (end < sql.length() && Character.isLetterOrDigit(sql.charAt(end))) {
            end++;
        }
        return sql.substring(Math.min(at, sql.length()), end).toUpperCase(Locale.ROOT);
    }

    private static boolean aboutSecrets(String sql) {
        String upper = hidden(sql).toUpperCase(Locale.ROOT);
        return upper.contains("USER") || upper.contains("PASS") || upper.contains("TOKEN") || upper.contains("ENCRYPT");
    }

    /** The statement with stars in the place of its quoted texts. */
    private static String hidden(String sql) {
        StringBuilder out = new StringBuilder(sql.length());
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            int after = afterComment(sql, at);
            if (c == '\'' || c == '"') {
                at = afterQuoted(sql, at + 1, c);
                out.append("'***'");
            } else if (c == '`') {
                after = afterQuoted(sql, at + 1, c);
                out.append(sql, at, after);
                at = after;
            } else {
                after = Math.max(after, at + 1);
                out.append(sql, at, after);
                at = after;
            }
        }
        return out.toString();
    }

    private static int afterComment(String sql, int at) {
        if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            return end < 0 ? sql.length() : end + 1;
        }
        if (sql.startsWith("/*", at)) {
            int end = sql.indexOf("*/", at + 2);
            return end < 0 ? sql.length() : end + 2;
        }
        return at;
    }

    private static int afterQuoted(String sql, int from, char mark) {
        for (int at = from; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (c == '\\' && mark != '`') {
                at++;
            } else if (c == mark) {
                if (at + 1 == sql.length() || sql.charAt(at + 1) != mark) {
                    return at + 1;
                }
                at++;
            }
        }
        return sql.length();
    }
}
