package io.weir.tdengine.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.r2dbc.ParsedSql;
import io.weir.tdengine.r2dbc.StatementShape.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementShapeTest {

    private static StatementShape shape(String sql) {
        return StatementShape.of(ParsedSql.of(sql, TdengineDriverSession.SYNTAX), TdengineDriverSession.SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES(?, ?)",
                "insert into `odd (name`  (ts, v) values (?,?) ;",
                "INSERT INTO db.t VALUES(:ts, :v) -- and that was it?",
                "INSERT INTO db.`t` VALUES(?)",
                "/* why? */ INSERT INTO ? USING m TAGS(?) VALUES(?, ?)",
                "INSERT INTO db.? USING db.m (site, `k(`) TAGS(?, ?) (ts, v) VALUES(?, ?)",
                "INSERT INTO d1 USING m TAGS(?) VALUES(?)",
                "INSERT INTO stb(tbname, site, ts, v) VALUES(?, ?, ?, ?)"
            })
    void anInsertOfNothingButPlaceholdersIsPrepared(String sql) {
        assertThat(shape(sql).way()).isEqualTo(Way.PREPARED_WRITE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES(NOW, ?)",
                "INSERT INTO t VALUES(?, 'x')",
                "INSERT INTO t VALUES(?, ?), (?, ?)",
                "INSERT INTO t VALUES(?, ?) u VALUES(?, ?)",
                "INSERT INTO t USING m TAGS('a') VALUES(?)",
                "INSERT INTO ? VALUES(?, ?)",
                "INSERT INTO t SELECT * FROM u WHERE v = ?",
                "INSERT INTO t VALUES(? + 1)",
                "INSERT INTO t VALUES(?",
                "INSERT t VALUES(?)",
                "DELETE FROM t WHERE ts < ?",
                "CREATE TABLE d1 USING m TAGS(?)",
                "SHOW TABLES LIKE ?",
                "selection ?"
            })
    void anythingElseGetsLiterals(String sql) {
        assertThat(shape(sql).way()).isEqualTo(Way.TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT v FROM t WHERE v = ?", " -- all?\n select ?", "SELECT /*+ SORT_FOR_GROUP() */ ?"})
    void aSelectIsPrepared(String sql) {
        assertThat(shape(sql).way()).isEqualTo(Way.PREPARED_QUERY);
    }

    @Test
    void placeholdersOutsideOfParenthesesAreNamesOfTables() {
        String sql = "INSERT INTO ? VALUES(?, ')?(') db.? VALUES(?)";
        assertThat(shape(sql).tableNames()).containsExactlyInAnyOrder(sql.indexOf('?'), sql.indexOf("db.?") + 3);
        assertThat(shape("DELETE FROM t WHERE ts < ?").tableNames()).isEmpty();
    }

    /** Two kinds of texts with backslashes and doubled quotes, names in back-ticks, comments to the line's end and in stars. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT 'a?' , ? | 1",
                "SELECT \"a?\" , ? | 1",
                "SELECT 'it\\'s ?', ? | 1",
                "SELECT 'it''s ?', ? | 1",
                "SELECT \"\\\"?\", ? | 1",
                "SELECT \"\"\"?\", ? | 1",
                "SELECT '\\\\', ? | 1",
                "SELECT `a\\`, ? | 1",
                "SELECT `a``?`, ? | 1",
                "SELECT ? /* ? */ | 1",
                "SELECT /*+ ? */ ? | 1",
                "SELECT ? -- ? | 1",
                "SELECT tag->'k?' FROM t WHERE v = ? | 1",
                "SELECT '?' | 0",
                "SELECT 1 WHERE a::? | 1"
            })
    void placeholdersAreFoundByTheServersOwnRules(String sql, int placeholders) {
        assertThat(ParsedSql.of(sql, TdengineDriverSession.SYNTAX).placeholders())
                .hasSize(placeholders);
    }
}
