package io.weir.iotdb.r2dbc;

import static io.weir.iotdb.r2dbc.TestDatabase.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Values become part of the text of a statement, and nothing that is bound may ever be read as one. */
@ExtendWith(Shared.class)
class IotdbInjectionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestDatabase database;

    IotdbInjectionIT(TestDatabase database) {
        this.database = database;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' OR '1'='1",
                "' OR 1=1 --",
                "'; DROP TABLE VICTIM; --",
                "'); DELETE FROM VICTIM; --",
                "\\'; DROP TABLE VICTIM; --",
                "\\",
                "''",
                "'",
                "' /*",
                "\n' OR i = i --",
                "?",
                ":i",
                "\u02bc OR 1=1",
                "\uff07 OR 1=1",
                "\0' OR '1'='1"
            })
    void aTextIsNeverReadAsSql(String pattern) {
        String victim = database.tableOf(3);
        String attack = pattern.replace("VICTIM", victim);
        String table = database.table("i INT32 FIELD, s STRING FIELD");
        StepVerifier.create(database.connected(c -> Flux.concat(
                        Flux.from(c.createStatement("INSERT INTO " + table + "(time, i, s) VALUES (?, ?, ?)")
                                        .bind(0, 1)
                                        .bind(1, 1)
                                        .bind(2, "harmless")
                                        .add()
                                        .bind(0, 2)
                                        .bind(1, 2)
                                        .bind(2, attack)
                                        .execute())
                                .concatMap(Result::getRowsUpdated)
                                .map(Long::intValue),
                        Flux.from(c.createStatement("SELECT i FROM " + table + " WHERE s = ? AND i < ?")
                                        .bind(0, attack)
                                        .bind(1, 100)
                                        .execute())
                                .concatMap(r -> r.map(row -> row.get(0, Integer.class))),
                        select(c, "SELECT count(*) FROM " + victim, Integer.class))))
                // One row each, then only the row that was looked for, then the victim, whole.
                .expectNext(1, 1)
                .expectNext(2)
                .expectNext(3)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aValueThatLooksLikeAPlaceholderIsNotFilledInAgain() {
        String table = database.table("a STRING FIELD, b STRING FIELD");
        StepVerifier.create(database.connected(c -> Flux.from(
                                c.createStatement("INSERT INTO " + table + "(time, a, b) VALUES (1, :a, :b)")
                                        .bind("a", ":b ? $1")
                                        .bind("b", "':a'")
                                        .execute())
                        .concatMap(Result::getRowsUpdated)
                        .thenMany(c.createStatement("SELECT a, b FROM " + table).execute())
                        .concatMap(r -> r.map(row -> List.of(row.get("a", String.class), row.get("b", String.class))))))
                .expectNext(List.of(":b ? $1", "':a'"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aBoundTextIsNeverAName() {
        String table = database.tableOf(1);
        StepVerifier.create(database.connected(c -> Flux.from(c.createStatement("SELECT ? FROM " + table)
                                .bind(0, "i")
                                .execute())
                        .concatMap(r -> r.map(row -> row.get(0, String.class)))))
                .expectNext("i")
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(database.connected(c -> Flux.from(c.createStatement("SELECT i FROM ?")
                                .bind(0, table)
                                .execute())
                        .concatMap(Result::getRowsUpdated)))
                .expectError(R2dbcBadGrammarException.class)
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a, :b", "a) --", "a' OR '1'='1", "A", " a", "", "quoted", "comment"})
    void aNameThatIsNoParameterIsRefusedAndNothingIsSent(String name) {
        String sql = "SELECT :a, ':quoted' FROM t -- :comment";
        database.connected(c -> {
                    Statement statement = c.createStatement(sql);
                    assertThatThrownBy(() -> statement.bind(name, "x")).isInstanceOf(NoSuchElementException.class);
                    return Mono.empty();
                })
                .blockLast(PATIENCE);
    }

    @Test
    void moreThanOneStatementInAValueOrATextIsNotRun() {
        String victim = database.tableOf(3);
        assertThat(database.connected(c -> Flux.concat(
                                TestDatabase.<Integer>execute(c, "SELECT i FROM " + victim + "; DROP TABLE " + victim)
                                        .onErrorResume(R2dbcBadGrammarException.class, refused -> Mono.empty()),
                                Flux.defer(() -> select(c, "SELECT count(*) FROM " + victim, Integer.class))))
                        .blockLast(PATIENCE))
                .isEqualTo(3);
    }
}
