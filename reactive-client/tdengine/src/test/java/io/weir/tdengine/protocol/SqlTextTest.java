package io.weir.tdengine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"USE d", "  use d;", "-- first\n/* then */ Use `d`", "/* a */USE d"})
    void statementsThatChangeTheSessionAreKnown(String sql) {
        assertThat(SqlText.isBinding(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SELECT 1", "-- USE d", "/* USE d", "USER", "SELECT 'USE d'", "used"})
    void othersAreNot(String sql) {
        assertThat(SqlText.isBinding(sql)).isFalse();
    }

    @Test
    void passwordsAreLeftOut() {
        assertThat(SqlText.mask("CREATE USER u PASS 'it''s \\' secret' SYSINFO 0"))
                .isEqualTo("CREATE USER u PASS '***' SYSINFO 0");
        assertThat(SqlText.mask("alter user `o'user` pass \"x'y\"")).isEqualTo("alter user `o'user` pass '***'");
        assertThat(SqlText.mask("SELECT 'a' FROM t -- it's")).isEqualTo("SELECT 'a' FROM t -- it's");
        assertThat(SqlText.isSecret("CREATE USER u PASS 'p'")).isTrue();
        assertThat(SqlText.isSecret("SHOW USERS")).isFalse();
        assertThat(SqlText.isSecret("SELECT 'user'")).isFalse();
    }

    @Test
    void aQueryThatLimitsItselfIsKnownByItsLastWords() {
        for (String sql :
                new String[] {"SELECT 1 LIMIT 10", "select 1 limit 10 ; ", "S LIMIT 10 OFFSET 5", "S LIMIT 5, 10"}) {
            assertThat(SqlText.limitsItselfTo(10, sql)).as(sql).isTrue();
            assertThat(SqlText.limitsItselfTo(5, sql)).as(sql).isFalse();
        }
        for (String sql :
                new String[] {"S SLIMIT 10", "S -- LIMIT 10", "S 'LIMIT 10'", "S (S LIMIT 10)", "S", "S LIMIT 10 /* */"
                }) {
            assertThat(SqlText.limitsItselfTo(10, sql)).as(sql).isFalse();
        }
        assertThat(SqlText.countOf("SELECT 1 -- one\n ; ")).isEqualTo("SELECT COUNT(*) FROM (SELECT 1 -- one\n)");
    }
}
