package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.ResultPart.Count;
import io.weir.core.ResultPart.End;
import io.weir.core.ResultPart.Failure;
import io.weir.core.WeirException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** The rules of the SPI for results: R1 to R5, R9. Each test ends with every page released. */
class ResultTest {

    private static final Failure FAILURE = new Failure(
            WeirException.of(ErrorKind.BAD_REQUEST, "no such table").code(42).build());

    private final PageLedger pages = new PageLedger();
    private final FakeSession session = new FakeSession();

    @AfterEach
    void everyPageIsReleased() {
        pages.assertAllReleased();
    }

    private Flux<WeirResult> execute() {
        return session.connection().createStatement("SELECT x").execute();
    }

    private WeirResult only() {
        return Mono.from(execute()).block();
    }

    private Flux<ResultPart> threePages() {
        return Flux.range(0, 3).<ResultPart>map(i -> pages.page(3L * i, 3)).concatWith(Mono.just(End.INSTANCE));
    }

    private static Long n(Row row) {
        return row.get("n", Long.class);
    }

    @Test
    void mapShowsAllRowsOfAllPagesInOrder() {
        session.answering(threePages());

        StepVerifier.create(execute().concatMap(result -> result.map((row, metadata) -> n(row))))
                .expectNext(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L)
                .verifyComplete();
    }

    @Test
    void aReadableIsMappedJustLikeARow() {
        session.answering(threePages());

        StepVerifier.create(execute().concatMap(result -> result.map(readable -> readable.get(0))))
                .expectNext(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L)
                .verifyComplete();
    }

    @Test
    void r1ASecondConsumptionIsAnIllegalState() {
        for (Flux<ResultPart> parts : List.of(threePages(), Flux.<ResultPart>just(new Count(1), End.INSTANCE))) {
            session.answering(parts);
            WeirResult result = only();
            result.map((row, metadata) -> 1).blockLast();

            StepVerifier.create(result.getRowsUpdated()).verifyErrorSatisfies(ResultTest::isConsumed);
            StepVerifier.create(result.map(row -> 1)).verifyErrorSatisfies(ResultTest::isConsumed);
            StepVerifier.create(result.flatMap(Mono::just)).verifyErrorSatisfies(ResultTest::isConsumed);
            StepVerifier.create(result.filter(segment -> true).getRowsUpdated())
                    .verifyErrorSatisfies(ResultTest::isConsumed);
        }
    }

    private static void isConsumed(Throwable error) {
        assertThat(error).isInstanceOf(IllegalStateException.class).hasMessageContaining("consumed already");
    }

    @Test
    void r2CountsAreAddedUpAsLongs() {
        session.answering(new Count(Integer.MAX_VALUE), new Count(Integer.MAX_VALUE), End.INSTANCE);

        StepVerifier.create(execute().concatMap(WeirResult::getRowsUpdated))
                .expectNext(2L * Integer.MAX_VALUE)
                .verifyComplete();
    }

    @Test
    void r2RowsUpdatedOfASelectIsEmptyAndReadsItToTheEnd() {
        session.answering(threePages());

        StepVerifier.create(only().getRowsUpdated()).verifyComplete();
        assertThat(pages.made).hasValue(3);
    }

    @Test
    void r3ARowThatIsKeptSaysThatItIsOver() {
        session.answering(threePages());
        List<Row> kept = new ArrayList<>();

        only().map((row, metadata) -> kept.add(row)).blockLast();

        assertThatThrownBy(() -> kept.get(0).get(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside the function");
        assertThat(kept.get(0).getMetadata().getColumnMetadatas()).hasSize(4);
    }

    @Test
    void r4SegmentsOfAllKindsComeInOrderAndAnErrorAmongThemDoesNotFailFlatMap() {
        session.answering(new Count(5), pages.page(0, 2), FAILURE, pages.page(2, 1), new Count(6), End.INSTANCE);

        StepVerifier.create(only().flatMap(segment -> Mono.just(describe(segment))))
                .expectNext("count 5", "row 0", "row 1", "error 42 no such table", "row 2", "count 6")
                .verifyComplete();
    }

    private static String describe(Result.Segment segment) {
        if (segment instanceof Result.RowSegment row) {
            return "row " + n(row.row());
        }
        if (segment instanceof Result.UpdateCount count) {
            return "count " + count.value();
        }
        Result.Message message = (Result.Message) segment;
        assertThat(message.exception()).isInstanceOf(R2dbcBadGrammarException.class);
        assertThat(message.sqlState()).isEqualTo("42000");
        return "error " + message.errorCode() + " " + message.message();
    }

    @Test
    void r4AnErrorSegmentFailsMapAndRowsUpdatedWithTheStatementsText() {
        session.answering(pages.page(0, 1), FAILURE, End.INSTANCE);
        StepVerifier.create(only().map((row, metadata) -> n(row)))
                .expectNext(0L)
                .verifyErrorSatisfies(this::isNoTable);

        session.answering(FAILURE, End.INSTANCE);
        StepVerifier.create(only().getRowsUpdated()).verifyErrorSatisfies(this::isNoTable);
        StepVerifier.create(only().map((row, metadata) -> 1)).verifyErrorSatisfies(this::isNoTable);
    }

    private void isNoTable(Throwable error) {
        assertThat(error).isInstanceOf(R2dbcBadGrammarException.class).hasMessage("no such table");
        assertThat(((R2dbcException) error).getSql()).isEqualTo("SELECT x");
        assertThat(error.toString()).doesNotContain("SELECT x");
    }

    @Test
    void r4AnErrorThatIsFilteredAwayFailsNothing() {
        session.answer = command -> Flux.just(pages.page(0, 1), FAILURE, new Count(3), End.INSTANCE);

        StepVerifier.create(noErrors().map((row, metadata) -> n(row)))
                .expectNext(0L)
                .verifyComplete();
        StepVerifier.create(noErrors().getRowsUpdated()).expectNext(3L).verifyComplete();
        StepVerifier.create(noErrors().flatMap(segment -> Mono.just(describe(segment))))
                .expectNext("row 0", "count 3")
                .verifyComplete();
    }

    private Result noErrors() {
        return only().filter(segment -> !(segment instanceof Result.Message));
    }

    @Test
    void r4FiltersAddUpAndRowsThatAreLeftOutCostNoDemand() {
        session.answering(threePages());
        Result even = only().filter(segment -> n(((Result.RowSegment) segment).row()) % 2 == 0)
                .filter(segment -> n(((Result.RowSegment) segment).row()) > 2);

        StepVerifier.create(even.map((row, metadata) -> n(row)), 3)
                .expectNext(4L, 6L, 8L)
                .thenRequest(1)
                .verifyComplete();
    }

    @Test
    void r4ACountThatIsFilteredAwayIsNotAddedUp() {
        session.answering(new Count(1), new Count(2), End.INSTANCE);

        StepVerifier.create(only().filter(segment -> ((Result.UpdateCount) segment).value() == 2)
                        .getRowsUpdated())
                .expectNext(2L)
                .verifyComplete();
    }

    @Test
    void r4APublisherOfASegmentMayReadItsRowUntilItEndsAndTheNextIsNotAskedBefore() {
        session.answering(threePages());
        List<TestPublisher<Long>> inner = new ArrayList<>();
        List<Row> rows = new ArrayList<>();

        StepVerifier.create(only().flatMap(segment -> {
                    Row row = ((Result.RowSegment) segment).row();
                    rows.add(row);
                    inner.add(TestPublisher.create());
                    return inner.get(inner.size() - 1).flux();
                }))
                .then(() -> {
                    assertThat(inner).hasSize(1);
                    assertThat(n(rows.get(0))).isZero();
                    inner.get(0).next(n(rows.get(0))).next(100L).complete();
                })
                .expectNext(0L, 100L)
                .then(() -> {
                    assertThat(inner).hasSize(2);
                    assertThat(n(rows.get(1))).isEqualTo(1);
                    assertThatThrownBy(() -> rows.get(0).get(0)).isInstanceOf(IllegalStateException.class);
                })
                .thenCancel()
                .verify();
    }

    @Test
    void r4AFunctionThatReturnsNoPublisherEndsWithAnErrorAndReleasesEverything() {
        session.answering(threePages());

        StepVerifier.create(only().flatMap(segment -> null)).verifyError(NullPointerException.class);
    }

    @Test
    void r5AnInsertYieldsNothingButItsCount() {
        session.answering(new Count(1), End.INSTANCE);

        StepVerifier.create(only().<Result.Segment>flatMap(Mono::just))
                .assertNext(segment -> assertThat(segment).isInstanceOf(Result.UpdateCount.class))
                .verifyComplete();
    }

    @Test
    void r9ACancelStopsReadingAndTellsTheSession() {
        session.answering(threePages());

        StepVerifier.create(execute()
                        .concatMap(result -> result.map((row, metadata) -> n(row)))
                        .take(2))
                .expectNext(0L, 1L)
                .verifyComplete();

        assertThat(session.cancels).hasValue(1);
        assertThat(pages.made.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void r9NoDemandFetchesNothingAndOneRowFetchesOnePage() {
        session.answering(threePages());

        StepVerifier.create(execute().concatMap(result -> result.map((row, metadata) -> n(row)), 1), 0)
                .then(() -> assertThat(pages.made).hasValue(1))
                .thenRequest(1)
                .expectNext(0L)
                .then(() -> assertThat(pages.made).hasValue(1))
                .thenRequest(3)
                .expectNext(1L, 2L, 3L)
                .then(() -> assertThat(pages.made).hasValue(2))
                .thenCancel()
                .verify();
    }

    @Test
    void aMapperThatThrowsEndsTheResultWithItsOwnError() {
        session.answering(threePages());
        IllegalArgumentException mine = new IllegalArgumentException("mine");

        StepVerifier.create(only().map((row, metadata) -> {
                    throw mine;
                }))
                .verifyErrorSatisfies(error -> assertThat(error).isSameAs(mine));
        assertThat(session.cancels).hasValue(1);
    }

    @Test
    void aPageThatCanNotBeReadFailsAsAnR2dbcException() {
        session.answering(threePages());

        StepVerifier.create(only().map((row, metadata) -> {
                    throw WeirException.of(ErrorKind.PROTOCOL, "bad bytes").build();
                }))
                .verifyError(R2dbcNonTransientResourceException.class);
    }

    @Test
    void aLostConnectionFailsTheRowsThatWereStillToCome() {
        session.answering(Flux.concat(
                Mono.fromSupplier(() -> pages.page(0, 1)),
                Mono.error(WeirException.of(ErrorKind.CLOSED, "gone").build())));

        StepVerifier.create(execute().concatMap(result -> result.map((row, metadata) -> n(row))))
                .expectNext(0L)
                .verifyErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(R2dbcNonTransientResourceException.class);
                    assertThat(((R2dbcException) error).getSqlState()).isEqualTo("08006");
                });
    }

    @Test
    void nullFunctionsAreRefusedAtTheCall() {
        session.answering(End.INSTANCE);
        WeirResult result = only();

        assertThatThrownBy(() -> result.map((java.util.function.Function<io.r2dbc.spi.Readable, Object>) null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> result.map((java.util.function.BiFunction<Row, io.r2dbc.spi.RowMetadata, Object>) null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> result.filter(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> result.flatMap(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSubscribersContextReachesTheSession() {
        AtomicReference<String> seen = new AtomicReference<>();
        session.answering(Flux.deferContextual(context -> {
            seen.set(context.get("tenant"));
            return threePages();
        }));

        execute()
                .concatMap(result -> result.map((row, metadata) -> n(row)))
                .contextWrite(context -> context.put("tenant", "blue"))
                .blockLast();

        assertThat(seen).hasValue("blue");
    }
}
