package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Results and segments. */
interface ResultTests extends Suite {

    private Flux<? extends Result> results(Line line, String sql) {
        return Flux.from(line.connection().createStatement(sql).execute());
    }

    @Test
    @Proves("R1")
    default void aResultIsConsumedOnce() {
        Function<Result, Publisher<?>> map = result -> result.map((row, metadata) -> 1);
        Function<Result, Publisher<?>> flatMap = result -> result.flatMap(segment -> Mono.just(1));
        Function<Result, Publisher<?>> filtered =
                result -> result.filter(segment -> true).map((row, metadata) -> 1);
        List<Function<Result, Publisher<?>>> ways = List.of(map, flatMap, filtered, Result::getRowsUpdated);
        try (Line line = bench().direct()) {
            for (Function<Result, Publisher<?>> first : ways) {
                for (Function<Result, Publisher<?>> second : ways) {
                    List<Throwable> errors = Spi.await(results(line, fixture().select(Bench.TABLE))
                            .concatMap(result -> Flux.from(first.apply(result))
                                    .thenMany(Flux.defer(() -> second.apply(result)))
                                    .then(Mono.<Throwable>empty())
                                    .onErrorResume(Mono::just)));
                    assertThat(errors)
                            .as("consuming the same result again")
                            .singleElement()
                            .isInstanceOf(IllegalStateException.class);
                }
            }
            line.assertGood("results were asked for twice");
        }
    }

    @Test
    @Proves("C15")
    // Null is what is tested.
    @SuppressWarnings("NullAway")
    default void aResultRefusesNullAndCanStillBeRead() {
        try (Line line = bench().direct()) {
            List<Integer> got =
                    Spi.await(results(line, fixture().select(Bench.TABLE)).concatMap(result -> {
                        assertThatIllegalArgumentException().isThrownBy(() -> result.map((Function<Readable, ?>) null));
                        assertThatIllegalArgumentException()
                                .isThrownBy(() -> result.map((BiFunction<Row, RowMetadata, ?>) null));
                        assertThatIllegalArgumentException().isThrownBy(() -> result.filter(null));
                        assertThatIllegalArgumentException().isThrownBy(() -> result.flatMap(null));
                        return Line.values(result);
                    }));
            assertThat(got).hasSize(Bench.ROWS);
        }
    }

    @Test
    @Proves("R2")
    default void theCountOfASelectCompletes() {
        try (Line line = bench().direct()) {
            assertThat(Spi.await(results(line, fixture().select(Bench.TABLE)).concatMap(Result::getRowsUpdated)))
                    .as("counts of a SELECT")
                    .hasSizeLessThanOrEqualTo(1);
            line.assertGood("a SELECT was counted");
        }
    }

    @Test
    @Proves("R4")
    default void aRefusalIsASegmentThatFlatMapShows() {
        try (Line line = bench().direct()) {
            List<Result.Message> messages = Spi.await(results(line, fixture().badGrammar())
                    .concatMap(result -> result.flatMap(segment -> Mono.just(segment)))
                    .ofType(Result.Message.class));
            assertThat(messages).hasSize(1);
            assertThat(messages.get(0).exception()).isInstanceOf(R2dbcBadGrammarException.class);
            assertThat(messages.get(0).message()).isNotBlank();
            line.assertGood("an error was shown as a segment");
        }
    }

    @Test
    @Proves("R4")
    default void aRefusalThatIsFilteredAwayIsNone() {
        try (Line line = bench().direct()) {
            assertThat(Spi.await(results(line, fixture().badGrammar())
                            .concatMap(result -> result.filter(segment -> !(segment instanceof Result.Message))
                                    .map((row, metadata) -> 1))))
                    .isEmpty();
            assertThat(Spi.await(results(line, fixture().badGrammar())
                            .concatMap(result -> result.filter(segment -> !(segment instanceof Result.Message))
                                    .getRowsUpdated())))
                    .isEmpty();
            line.assertGood("an error was filtered away");
        }
    }

    @Test
    @Proves("R4")
    default void aRefusalFailsRowsAndCounts() {
        try (Line line = bench().direct()) {
            assertThat(Spi.failureOf(
                            "map",
                            () -> results(line, fixture().badGrammar())
                                    .concatMap(result -> result.map((row, metadata) -> 1))))
                    .isInstanceOf(R2dbcBadGrammarException.class);
            assertThat(Spi.failureOf(
                            "getRowsUpdated",
                            () -> results(line, fixture().badGrammar()).concatMap(Result::getRowsUpdated)))
                    .isInstanceOf(R2dbcBadGrammarException.class);
            line.assertGood("rows and counts of a refused statement were asked for");
        }
    }

    @Test
    @Proves("R4")
    default void thePublishersOfSegmentsAreJoinedInOrder() {
        try (Line line = bench().direct()) {
            List<Integer> got = Spi.await(results(line, fixture().select(Bench.TABLE))
                    .concatMap(result -> result.filter(Result.RowSegment.class::isInstance)
                            .flatMap(segment -> {
                                Integer v = ((Result.RowSegment) segment).row().get("v", Integer.class);
                                // Later ones are quicker, and must wait for their turn.
                                return Mono.just(v == null ? -1 : v)
                                        .delayElement(Duration.ofMillis(v == null || v > 3 ? 0 : 4 - v));
                            })));
            assertThat(got).isSorted().hasSize(Bench.ROWS);
        }
    }

    @Test
    @Proves("R3")
    default void aFunctionThatThrowsFailsTheResultAndNothingElse() {
        IllegalStateException thrown = new IllegalStateException("planted in a mapping function");
        try (Line line = bench().direct()) {
            for (int at : new int[] {0, 1, Bench.ROWS - 1}) {
                Throwable error = Spi.failureOf(
                        "map",
                        () -> results(line, fixture().select(Bench.TABLE))
                                .concatMap(result -> result.map((row, metadata) -> {
                                    if (Integer.valueOf(at).equals(row.get("v", Integer.class))) {
                                        throw thrown;
                                    }
                                    return 1;
                                })));
                assertThat(error).isSameAs(thrown);
                line.assertGood("a mapping function threw at row " + at);
            }
        }
    }

    @Test
    @Proves("R6")
    @Needs(Capability.DUPLICATE_LABELS)
    default void ofEqualLabelsTheFirstIsFoundAndPositionsTellThemApart() {
        try (Line line = bench().direct()) {
            List<List<?>> rows = Spi.await(results(line, fixture().selectUnderOneLabel(Bench.TABLE))
                    .concatMap(result -> result.map((row, metadata) -> {
                        String label = metadata.getColumnMetadata(0).getName();
                        return List.of(
                                String.valueOf(row.get(label)), String.valueOf(row.get(0)), String.valueOf(row.get(1)));
                    })));
            assertThat(rows).hasSize(Bench.ROWS).contains(List.of("7", "7", "row 7"));
        }
    }

    @Test
    @Proves("Unread")
    default void aStatementWhoseResultNobodyReadsHasBeenRun() {
        int key = 88_001;
        try (Line line = bench().direct()) {
            StepVerifier.create(results(line, fixture().insert(Bench.SCRATCH, key, 1))
                            .then())
                    .verifyComplete();
            assertThat(Spi.await(Line.values(line.connection()
                            .createStatement(fixture().selectOne(Bench.SCRATCH))
                            .bind(0, key))))
                    .containsExactly(key);
        }
    }

    @Test
    @Proves("Unread")
    default void aResultThatIsDroppedUnreadDoesNotHoldTheConnectionForEver() {
        try (Line line = bench().direct()) {
            Result dropped = Spi.awaitOne(Mono.from(line.connection()
                    .createStatement(fixture().select(Bench.TABLE))
                    .execute()));
            assertThat(dropped).isNotNull();
            line.assertGood("a result was dropped unread");
        }
    }
}
