package io.weir.iotdb.r2dbc;

import io.weir.r2dbc.SqlSyntax;
import io.weir.r2dbc.SqlTokens;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
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
        SqlTokens tokens = new SqlTokens(sql, syntax);
        if (!tokens.takeWord("insert") || !tokens.takeWord("into") || !tokens.takePath()) {
            return null;
        }
        // Without a list of columns the values stand in the table's own order, and the time is one of them.
        boolean namesTime = true;
        int open = tokens.at();
        if (tokens.takeParenthesis()) {
            namesTime = columns(sql.substring(open + 1, tokens.end() - 1)).anyMatch(TIME_NAMES::contains);
        }
        tokens.takeWord("aligned");
        return tokens.takeWord("values") ? rows(tokens, namesTime) : null;
    }

    private static @Nullable InsertValues rows(SqlTokens tokens, boolean namesTime) {
        int start = tokens.at();
        int end;
        int rows = 0;
        do {
            if (!tokens.takeParenthesis()) {
                return null;
            }
            end = tokens.end();
            rows++;
        } while (tokens.take(','));
        tokens.take(';');
        return tokens.isAtEnd() ? new InsertValues(start, end, rows, namesTime) : null;
    }

    private static Stream<String> columns(String list) {
        return Stream.of(list.split(",", -1))
                .map(name -> name.replaceAll("[\"`]", "").strip().toLowerCase(Locale.ROOT));
    }
}
