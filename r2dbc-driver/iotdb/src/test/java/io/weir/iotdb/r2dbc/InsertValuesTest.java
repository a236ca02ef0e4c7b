package io.weir.iotdb.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.r2dbc.SqlSyntax;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InsertValuesTest {

    private static final SqlSyntax SYNTAX = SqlSyntax.STANDARD.withQuote('`', false);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "INSERT INTO t(time, a) VALUES (?, ?) | (?, ?) | 1 | true",
                "insert into t values(1,2),(3,4) ; | (1,2),(3,4) | 2 | true",
                "INSERT INTO t(a) VALUES (?) | (?) | 1 | false",
                "insert into root.sg.d1(timestamp,s1) aligned values (1, 2),\\n (2, ')') | (1, 2),\\n (2, ')') | 2 | true",
                "/* values (1) */ INSERT -- (x)\\n INTO \"my (table\"(\"TIME\",a) VALUES (now(), (1)) | (now(), (1)) | 1 | true",
                "INSERT INTO t(a) VALUES (1), (2) -- (3) | (1), (2) | 2 | false",
                "INSERT INTO root.sg.`d 1`(s) VALUES ('it''s (', 1) | ('it''s (', 1) | 1 | false"
            })
    void countsTheRowsOfAnInsertAndFindsWhereTheyStand(String sql, String values, int rows, boolean namesTime) {
        String text = sql.replace("\\n", "\n");
        InsertValues shape = Objects.requireNonNull(InsertValues.of(text, SYNTAX));
        assertThat(text.substring(shape.valuesStart(), shape.valuesEnd())).isEqualTo(values.replace("\\n", "\n"));
        assertThat(shape.rows()).isEqualTo(rows);
        assertThat(shape.namesTime()).isEqualTo(namesTime);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "",
                "INSERT",
                "INSERT INTO t",
                "INSERT INTO t(a SELECT",
                "INSERT INTO t(time, a) SELECT time, a FROM u",
                "INSERT INTO t(time, a) VALUES",
                "INSERT INTO t(time, a) VALUES (1, 2",
                "INSERT INTO t(time, a) VALUES (1, 2),",
                "INSERT INTO t(time, a) VALUES (1, 2) WHERE x",
                "INSERT INTO t(time, a) VALUES (1, 2); DROP TABLE t",
                "INSERTED INTO t VALUES (1)",
                "explain insert into t values (1)"
            })
    void anythingElseHasNoSuchShape(String sql) {
        assertThat(InsertValues.of(sql, SYNTAX)).isNull();
    }

    @Test
    void aWordThatOnlyBeginsLikeValuesIsNone() {
        assertThat(InsertValues.of("INSERT INTO t(a) VALUESX (1)", SYNTAX)).isNull();
    }
}
