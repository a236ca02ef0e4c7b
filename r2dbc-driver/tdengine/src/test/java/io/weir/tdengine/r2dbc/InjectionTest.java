package io.weir.tdengine.r2dbc;

import static io.weir.tdengine.r2dbc.TestPlace.counts;
import static io.weir.tdengine.r2dbc.TestPlace.select;
import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcBadGrammarException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** What is bound is never read as SQL, neither where it travels as a value nor where it becomes a part of the text. */
class InjectionTest {

    static Stream<String[]> attacks() {
        return Places.of(StandIn.TWO_STEPS, StandIn.LITERALS)
                .flatMap(place -> Stream.of(
                                "' OR '1'='1",
                                "' OR 1=1 --",
                                "\" OR 1=1 --",
                                "'; DROP TABLE victim; --",
                                "') victim VALUES (1, 1) --",
                                "\\'; DROP TABLE victim; --",
                                "\\",
                                "\\\\'",
                                "''",
                                "'",
                                "\"",
                                "`",
                                "' /*",
                                "*/ '",
                                "\n' OR i = i --",
                                "?",
                                ":i",
                                "%_\\%",
                                "\\x41",
                                "\u02bc OR 1=1",
                                "\uff07 OR 1=1",
                                "\ud83d\ude00'")
                        .map(attack -> new String[] {place, attack}));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void aTextIsNeverReadAsSql(String place, String attack) {
        try (TestPlace at = Places.at(place)
                .run(
                        "CREATE TABLE victim (ts TIMESTAMP, i INT)",
                        "INSERT INTO victim VALUES (1, 1), (2, 2), (3, 3)",
                        "CREATE TABLE t (ts TIMESTAMP, s NCHAR(100))")) {
            assertThat(at.<Object>connected(c -> Flux.concat(
                            counts(c.createStatement("INSERT INTO t VALUES (?, ?)")
                                    .bind(0, 1L)
                                    .bind(1, "harmless")
                                    .add()
                                    .bind(0, 2L)
                                    .bind(1, attack)),
                            select(
                                    c.createStatement("SELECT s FROM t WHERE s = ?")
                                            .bind(0, attack),
                                    String.class),
                            select(c, "SELECT COUNT(*) FROM victim", Long.class))))
                    .containsExactly(1L, 1L, attack, 3L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"t` VALUES (1, 1) victim", "`", "", "a.b.c", "t\n", ".t"})
    void aNameThatIsNoneIsRefused(String name) {
        try (TestPlace at = TestPlace.any(Places.REST)) {
            assertThat(at.failure(c -> counts(c.createStatement("INSERT INTO ? VALUES(?, 1)")
                            .bind(0, name)
                            .bind(1, 1L))))
                    .isInstanceOf(R2dbcBadGrammarException.class)
                    .hasMessageContaining("name of a table");
        }
    }
}
