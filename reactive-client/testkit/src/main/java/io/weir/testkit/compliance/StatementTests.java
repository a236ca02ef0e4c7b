package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Statements and batches. */
interface StatementTests extends Suite {

    @Test
    @Proves("S6")
    default void everyBindingHasAResultOfItsOwn() {
        try (Line line = bench().direct()) {
            Statement statement = line.connection().createStatement(fixture().insertWithPlaceholders(Bench.SCRATCH));
            for (int i = 0; i < 3; i++) {
                (i == 0 ? statement : statement.add()).bind(0, 1000 + i).bind(1, "row " + i);
            }
            List<List<Long>> counts = Spi.await(Flux.from(statement.execute())
                    .concatMap(result -> Flux.from(result.getRowsUpdated()).collectList()));
            assertThat(counts).hasSize(3).allSatisfy(count -> assertThat(count).isIn(List.of(), List.of(1L)));
        }
    }

    @Test
    @Proves("S6")
    default void aStatementCanBeExecutedAgain() {
        try (Line line = bench().direct()) {
            Statement statement = line.connection().createStatement(fixture().select(Bench.TABLE));
            assertThat(Spi.await(Line.values(statement))).hasSize(Bench.ROWS);
            assertThat(Spi.await(Line.values(statement))).hasSize(Bench.ROWS);
        }
    }

    @Test
    @Proves("S2")
    default void anyTextCanBeBound() {
        String text =
                "it's \"quoted\" \\ ? :name $1 ; -- no remark /* none */ ' OR ''='' grüß \u4f60\u597d \ud83c\udf0a";
        int key = 77_001;
        try (Line line = bench().direct()) {
            Spi.await(Flux.from(line.connection()
                            .createStatement(fixture().insertWithPlaceholders(Bench.SCRATCH))
                            .bind(0, key)
                            .bind(1, text)
                            .execute())
                    .concatMap(Result::getRowsUpdated));
            List<String> got = Spi.await(Flux.from(line.connection()
                            .createStatement(fixture().selectOne(Bench.SCRATCH))
                            .bind(0, key)
                            .execute())
                    .concatMap(result -> result.map(row -> String.valueOf(row.get("t", String.class)))));
            assertThat(got).containsExactly(text);
        }
    }

    @Test
    @Proves("S8")
    default void theFetchSizeChangesNothingThatIsSeen() {
        try (Line line = bench().direct()) {
            for (int size : new int[] {0, 1, 7, Bench.ROWS, 1_000_000}) {
                Statement statement = line.connection()
                        .createStatement(fixture().select(Bench.TABLE))
                        .fetchSize(size);
                assertThat(Spi.await(Line.values(statement)))
                        .as("fetch size " + size)
                        .isEqualTo(IntStream.range(0, Bench.ROWS).boxed().toList());
            }
        }
    }

    @Test
    @Proves("S9")
    default void aBatchHasOneResultPerStatementInOrder() {
        try (Line line = bench().direct()) {
            List<Long> rows = Spi.await(Flux.from(line.connection()
                            .createBatch()
                            .add(fixture().insert(Bench.SCRATCH, 10, 2))
                            .add(fixture().select(Bench.TABLE))
                            .add(fixture().insert(Bench.SCRATCH, 20, 2))
                            .execute())
                    .concatMap(result -> Flux.from(result.flatMap(
                                    segment -> segment instanceof Result.RowSegment ? Mono.just(1) : Mono.empty()))
                            .count()));
            assertThat(rows).as("rows of each result").containsExactly(0L, (long) Bench.ROWS, 0L);
        }
    }

    @Test
    @Proves("S9")
    default void aBatchEndsAtTheStatementThatIsRefusedAndTheConnectionIsGood() {
        try (Line line = bench().direct()) {
            Throwable error = Spi.failureOf(
                    "the batch",
                    () -> Flux.from(line.connection()
                                    .createBatch()
                                    .add(fixture().select(Bench.TABLE))
                                    .add(fixture().badGrammar())
                                    .execute())
                            .concatMap(result -> result.map(row -> 1)));
            assertThat(error).isInstanceOf(R2dbcBadGrammarException.class);
            line.assertGood("a statement of a batch was refused");
        }
    }

    @Test
    @Proves("R2")
    @Needs(Capability.HUGE_UPDATES)
    default void aCountBeyondIntIsToldRightly() {
        long many = 5_000_000_000L;
        try (Line line = bench().direct()) {
            assertThat(Spi.awaitOne(Flux.from(line.connection()
                                    .createStatement(fixture().hugeUpdate(many))
                                    .execute())
                            .concatMap(Result::getRowsUpdated)))
                    .isEqualTo(many);
        }
    }
}
