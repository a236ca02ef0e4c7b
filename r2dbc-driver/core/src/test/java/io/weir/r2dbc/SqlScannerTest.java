package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScannerTest {

    private static final SqlSyntax RICH = SqlSyntax.STANDARD
            .withQuote('\'', true)
            .withQuote('`', false)
            .withLineComment("#")
            .withCasts();

    @Test
    void questionMarksAreNumberedInTheOrderOfTheText() {
        ParsedSql sql = ParsedSql.of("SELECT ?, ? FROM t WHERE a=?", SqlSyntax.STANDARD);

        assertThat(sql.parameters()).isEqualTo(3);
        assertThat(sql.replace(i -> "<" + i + ">")).isEqualTo("SELECT <0>, <1> FROM t WHERE a=<2>");
    }

    @Test
    void aNameThatOccursTwiceIsOneParameter() {
        ParsedSql sql = ParsedSql.of("SELECT :a, :b_2, :a, ?", SqlSyntax.STANDARD);

        assertThat(sql.parameters()).isEqualTo(3);
        assertThat(sql.placeholders()).extracting(ParsedSql.Placeholder::name).containsExactly("a", "b_2", "a", null);
        assertThat(sql.replace(i -> "<" + i + ">")).isEqualTo("SELECT <0>, <1>, <0>, <2>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT '? :a it''s ?'",
                "SELECT \"?:a\"",
                "SELECT `? :a ``?`",
                "SELECT 'it\\'s ?'",
                "SELECT 1 -- ? :a",
                "SELECT 1 # ? :a\n",
                "SELECT 1 /* ? :a */",
                "SELECT 1 /* ? never closed",
                "SELECT 'never closed ?",
                "SELECT 'ends with a backslash\\",
                "SELECT a::int, b :: text",
                "SELECT 12:30:00, a:b, x: y, :1, 2020-01-01T00:00:00+08:00",
                ":",
                ""
            })
    void whatIsQuotedCommentedOrPartOfAnotherTokenIsNoPlaceholder(String text) {
        ParsedSql sql = ParsedSql.of(text, RICH);

        assertThat(sql.placeholders()).isEmpty();
        assertThat(sql.replace(i -> "<" + i + ">")).isEqualTo(text);
    }

    @Test
    void placeholdersRightAfterQuotesCommentsAndCastsAreFound() {
        assertThat(ParsedSql.of("'a'?/**/:b--\n? \\? 'c\\\\'? ?::int :x::text", RICH)
                        .parameters())
                .isEqualTo(7);
    }

    @Test
    void aBackslashIsAnOrdinaryCharacterWhereTheSyntaxKnowsNoEscapes() {
        assertThat(ParsedSql.of("SELECT 'c:\\' , ?", SqlSyntax.STANDARD).parameters())
                .isEqualTo(1);
        assertThat(ParsedSql.of("SELECT 'c:\\' , ?", RICH).parameters()).isZero();
    }

    @Test
    void withoutCastsADoubleColonIsTwoColons() {
        assertThat(ParsedSql.of("a ::b", SqlSyntax.STANDARD).placeholders())
                .isEqualTo(List.of(new ParsedSql.Placeholder(3, 5, "b", 0)));
    }
}
