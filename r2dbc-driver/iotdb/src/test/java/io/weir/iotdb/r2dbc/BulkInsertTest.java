package io.weir.iotdb.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.r2dbc.Binding;
import io.weir.r2dbc.ParsedSql;
import io.weir.r2dbc.Rendering;
import io.weir.r2dbc.SqlSyntax;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkInsertTest {

    private static final SqlSyntax SYNTAX = SqlSyntax.STANDARD;
    private static final Rendering RENDERING = new Rendering("iotdb", (out, place, value) -> {
        if (value instanceof Thread) {
            throw new IllegalArgumentException("no threads");
        }
        out.append(value);
    });

    @Test
    void bindingsBecomeTheRowsOfOneStatement() {
        ParsedSql sql = ParsedSql.of("INSERT INTO t(time, a) VALUES (?, ?);", SYNTAX);
        List<BulkInsert.Joined> joined = bulk(sql).join(List.of(binding(1, 2), binding(3, null)), RENDERING);
        assertThat(joined).containsExactly(new BulkInsert.Joined("INSERT INTO t(time, a) VALUES (1, 2),(3, null)", 2));
    }

    @Test
    void aNameThatOccursTwiceGetsItsValueTwice() {
        ParsedSql sql = ParsedSql.of("INSERT INTO t(time, a, b) VALUES (:t, :v, :v), (:t, 0, :v)", SYNTAX);
        List<BulkInsert.Joined> joined = bulk(sql).join(List.of(binding(1, 7)), RENDERING);
        assertThat(joined)
                .containsExactly(new BulkInsert.Joined("INSERT INTO t(time, a, b) VALUES (1, 7, 7), (1, 0, 7)", 1));
    }

    @Test
    void noStatementGrowsWithoutLimitAndNoBindingIsLost() {
        ParsedSql sql = ParsedSql.of("INSERT INTO t(time, a) VALUES (?, ?)", SYNTAX);
        List<Binding> bindings = IntStream.range(0, 2500)
                .mapToObj(i -> binding(i, "x".repeat(i % 500)))
                .toList();
        List<BulkInsert.Joined> joined = bulk(sql).join(bindings, RENDERING);
        assertThat(joined).hasSizeGreaterThan(2);
        assertThat(joined.stream().mapToInt(BulkInsert.Joined::bindings).sum()).isEqualTo(2500);
        assertThat(joined).allSatisfy(statement -> {
            assertThat(statement.bindings()).isBetween(1, 1000);
            assertThat(statement.sql().length()).isLessThan(300_000);
            assertThat(Objects.requireNonNull(InsertValues.of(statement.sql(), SYNTAX))
                            .rows())
                    .isEqualTo(statement.bindings());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t(a) VALUES (?)",
                "SELECT ? FROM t",
                "INSERT INTO t(time, ?) VALUES (1, 2)",
                "DELETE FROM t WHERE time < ?"
            })
    void rowsThatWouldNotMeanTheSameAreNotJoined(String text) {
        ParsedSql sql = ParsedSql.of(text, SYNTAX);
        assertThat(BulkInsert.of(sql, InsertValues.of(text, SYNTAX))).isNull();
    }

    @Test
    void aValueThatHasNoLiteralIsNamedByItsPlace() {
        ParsedSql sql = ParsedSql.of("INSERT INTO t(time, a) VALUES (:time, :what)", SYNTAX);
        assertThatThrownBy(() -> bulk(sql).join(List.of(binding(1, 1), binding(2, Thread.currentThread())), RENDERING))
                .isInstanceOfSatisfying(
                        WeirException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BAD_REQUEST))
                .hasMessageContaining("Parameter 1 (:what) of binding 1")
                .hasMessageContaining("no threads");
    }

    private static BulkInsert bulk(ParsedSql sql) {
        return Objects.requireNonNull(BulkInsert.of(sql, InsertValues.of(sql.text(), SYNTAX)));
    }

    private static Binding binding(@Nullable Object... values) {
        return new Binding(Stream.of(values)
                .map(value -> new Binding.Value(value, value == null ? Object.class : value.getClass()))
                .toList());
    }
}
