package io.weir.tdengine.r2dbc;

import io.weir.r2dbc.ParsedSql;
import io.weir.r2dbc.SqlSyntax;
import io.weir.r2dbc.SqlTokens;
import java.util.Set;

/**
 * What a statement with placeholders is, as far as that decides how its values travel.
 *
 * @param way how
 * @param tableNames where placeholders begin that stand for the name of a table
 */
record StatementShape(Way way, Set<Integer> tableNames) {

    /** How values reach the server. */
    enum Way {
        /** An INSERT of one row that the server prepares: all its values are placeholders, and so are its tags. */
        PREPARED_WRITE,
        /** A SELECT, which the server prepares. */
        PREPARED_QUERY,
        /** Anything else: TDengine takes no placeholders there, so the values become literals. */
        TEXT
    }

    StatementShape {
        tableNames = Set.copyOf(tableNames);
    }

    static StatementShape of(ParsedSql sql, SqlSyntax syntax) {
        SqlTokens tokens = new SqlTokens(sql, syntax);
        if (tokens.takeWord("select")) {
            return new StatementShape(Way.PREPARED_QUERY, Set.of());
        }
        if (!tokens.takeWord("insert") && !tokens.takeWord("import")) {
            return new StatementShape(Way.TEXT, Set.of());
        }
        int start = tokens.at();
        boolean prepared = isPreparedInsert(tokens);
        tokens.backTo(start);
        return new StatementShape(prepared ? Way.PREPARED_WRITE : Way.TEXT, tokens.placeholdersOutsideOfParentheses());
    }

    /** Whether nothing follows but {@code INTO table [(…)] [USING … TAGS(?, …)] [(…)] VALUES (?, …)}. */
    private static boolean isPreparedInsert(SqlTokens tokens) {
        if (!tokens.takeWord("into")) {
            return false;
        }
        boolean anyTable = tokens.takePlaceholder();
        if (!anyTable) {
            if (!tokens.takeName()) {
                return false;
            }
            if (tokens.take('.')) {
                anyTable = tokens.takePlaceholder();
                if (!anyTable && !tokens.takeName()) {
                    return false;
                }
            }
        }
        tokens.takeParenthesis();
        if (tokens.takeWord("using")) {
            boolean named = tokens.takeName() && (!tokens.take('.') || tokens.takeName());
            tokens.takeParenthesis();
            if (!named || !tokens.takeWord("tags") || !tokens.takePlaceholders()) {
                return false;
            }
            tokens.takeParenthesis();
        } else if (anyTable) {
            // Without the name nobody knows the columns, nor in which unit their times count.
            return false;
        }
        if (!tokens.takeWord("values") || !tokens.takePlaceholders()) {
            return false;
        }
        tokens.take(';');
        return tokens.isAtEnd();
    }

    /** Whether a statement changes the session that runs it. */
    static boolean entersDatabase(String text) {
        return new SqlTokens(text, TdengineDriverSession.SYNTAX).takeWord("use");
    }
}
