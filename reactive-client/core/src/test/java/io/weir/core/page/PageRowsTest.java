package io.weir.core.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.Page;
import io.weir.core.RowView;
import io.weir.core.page.PageRows.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Fuseable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class PageRowsTest {

    private final FakePage.Ledger ledger = new FakePage.Ledger();

    @AfterEach
    void everyPageIsReleasedOnceAndNeverReadAfterwards() {
        assertThat(ledger.open()).isZero();
        assertThat(ledger.releasedTwice).hasValue(0);
        assertThat(ledger.readAfterRelease).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, EARLY, false",
        "1, EARLY, false",
        "0, EARLY, true",
        "1, EARLY, true",
        "0, LATE, true",
        "1, LATE, true"
    })
    void allRowsComeInOrderHoweverTheyAreAskedFor(int prefetch, Release release, boolean objects) {
        for (long step : new long[] {1, 2, 3, 5, 100, Long.MAX_VALUE}) {
            List<Long> seen = new ArrayList<>();
            PageRows.of(pages(4, 3), row -> row.getLong(0), prefetch, release, objects)
                    .subscribe(new Stepping(step, seen));
            assertThat(seen)
                    .as("request(%s)", step)
                    .containsExactlyElementsOf(LongStream.range(0, 12).boxed().toList());
        }
    }

    /** The demand table: pages of 3 rows, how many are made for a demand. */
    @ParameterizedTest
    @CsvSource({"0, 1, 1", "0, 3, 1", "0, 4, 2", "1, 1, 2", "1, 3, 2", "1, 4, 3", "0, 0, 0", "1, 0, 0"})
    void noMorePagesAreAskedForThanTheDemandNeeds(int prefetch, int demand, int made) {
        for (boolean objects : new boolean[] {false, true}) {
            FakePage.Ledger own = new FakePage.Ledger();
            StepVerifier.create(
                            PageRows.of(pages(own, 9, 3), row -> row.getLong(0), prefetch, Release.EARLY, objects),
                            demand)
                    .expectSubscription()
                    .expectNextCount(demand)
                    .then(() -> assertThat(own.made).hasValue(made))
                    .thenCancel()
                    .verify();
            assertThat(own.open()).isZero();
        }
    }

    @Test
    void anEarlyPageIsClosedBeforeItsLastRowGoesOut() {
        List<Integer> releasedAtRow = new ArrayList<>();

        PageRows.of(pages(2, 3), row -> row.getLong(0), 0, Release.EARLY)
                .doOnNext(n -> releasedAtRow.add(ledger.released.get()))
                .blockLast();

        assertThat(releasedAtRow).containsExactly(0, 0, 1, 1, 1, 2);
    }

    @Test
    void aLatePageIsClosedAtTheRequestAfterItsLastRow() {
        StepVerifier.create(PageRows.of(pages(2, 2), row -> row.getLong(0), 0, Release.LATE), 0)
                .thenRequest(2)
                .expectNext(0L, 1L)
                .then(() -> assertThat(ledger.released).hasValue(0))
                .thenRequest(1)
                .expectNext(2L)
                .then(() -> assertThat(ledger.released).hasValue(1))
                .thenRequest(1)
                .expectNext(3L)
                .then(() -> assertThat(ledger.released).hasValue(1))
                .thenRequest(1)
                .verifyComplete();
    }

    @Test
    void lateRowsMayBeReadByThePublishersThatAreMadeOfThem() {
        Flux<Long> rows = PageRows.of(pages(3, 3), row -> Mono.fromSupplier(() -> row.getLong(0)), 1, Release.LATE)
                .concatMap(inner -> inner.delaySubscription(Duration.ofMillis(1)), 0);

        StepVerifier.create(rows).expectNext(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L).verifyComplete();
    }

    @Test
    void aLateRowExpiresWhenTheNextOneIsAskedFor() {
        List<RowView> leaked = new ArrayList<>();

        PageRows.of(pages(1, 2), row -> keep(row, leaked), 0, Release.LATE)
                .concatMap(Mono::just, 0)
                .as(StepVerifier::create)
                .expectNext(0L, 1L)
                .verifyComplete();

        assertThat(leaked)
                .hasSize(2)
                .allSatisfy(row -> assertThatThrownBy(() -> row.getLong(0))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("This row is over"));
    }

    @Test
    void aRowObjectThatLeaksOutOfTheMapperThrowsAtOnce() {
        List<RowView> leaked = new ArrayList<>();

        PageRows.of(pages(1, 3), row -> keep(row, leaked), 0, Release.EARLY, true)
                .doOnNext(n -> assertThatThrownBy(() -> leaked.get(0).getLong(0))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("This row is over"))
                .blockLast();

        assertThat(leaked).hasSize(3).doesNotHaveDuplicates();
    }

    /* The build sets weir.rows; with -Dweir.rows=view this test says that the guard is off, and is right to. */
    @Test
    void ourTestsRunWithRowObjectsEverywhere() {
        List<RowView> leaked = new ArrayList<>();

        PageRows.of(pages(1, 2), row -> keep(row, leaked)).blockLast();

        assertThat(leaked).hasSize(2).allSatisfy(row -> assertThat(row).isInstanceOf(RowObject.class));
    }

    @Test
    void theMovingViewThatLeaksThrowsOnceItsPageIsClosed() {
        List<RowView> leaked = new ArrayList<>();

        PageRows.of(pages(1, 2), row -> keep(row, leaked), 0, Release.EARLY, false)
                .blockLast();

        assertThat(leaked.get(0)).isSameAs(leaked.get(1));
        assertThatThrownBy(() -> leaked.get(0).getLong(0)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, EARLY", "1, EARLY", "0, LATE", "1, LATE"})
    void takeReleasesWhatIsLeft(int prefetch, Release release) {
        for (int n : new int[] {1, 2, 3, 4, 9}) {
            StepVerifier.create(PageRows.of(pages(3, 3), row -> row.getLong(0), prefetch, release)
                            .take(n))
                    .expectNextCount(n)
                    .verifyComplete();
            assertThat(ledger.open()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, EARLY", "1, EARLY", "0, LATE", "1, LATE"})
    void aMapperThatThrowsEndsTheStreamAndCancelsTheSource(int prefetch, Release release) {
        for (long at : new long[] {0, 2, 3, 8}) {
            TestPublisher<Page> source = TestPublisher.create();
            StepVerifier.create(PageRows.of(
                            source.flux().mergeWith(pages(3, 3)), row -> failAt(at, row), prefetch, release))
                    .expectNextCount(at)
                    .verifyErrorMessage("mapper at " + at);
            source.assertCancelled();
            assertThat(ledger.open()).isZero();
        }
    }

    @Test
    void anErrorOfTheLinkerReachesTheSubscriberToo() {
        StepVerifier.create(PageRows.of(pages(2, 2), row -> {
                    throw new NoClassDefFoundError("a class of the mapper's");
                }))
                .verifyError(NoClassDefFoundError.class);
    }

    @Test
    void nullFromTheMapperIsAnErrorThatNamesTheRule() {
        StepVerifier.create(PageRows.of(pages(1, 3), row -> row.getLong(0) == 1 ? null : row.getLong(0)))
                .expectNext(0L)
                .verifyErrorSatisfies(e -> assertThat(e)
                        .isInstanceOf(NullPointerException.class)
                        .hasMessageContaining("returned null for row 1")
                        .hasMessageContaining("rule 2.13"));
    }

    @ParameterizedTest
    @CsvSource({"0, EARLY", "1, EARLY", "0, LATE", "1, LATE"})
    void rowsThatWereAskedForComeBeforeTheErrorThatFollowedThem(int prefetch, Release release) {
        Flux<Page> source = pages(2, 2).concatWith(Mono.error(new IllegalStateException("lost")));

        StepVerifier.create(PageRows.of(source, row -> row.getLong(0), prefetch, release), 0)
                .thenRequest(10)
                .expectNext(0L, 1L, 2L, 3L)
                .verifyErrorMessage("lost");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anErrorDoesNotWaitForRowsThatNobodyAsksFor(int prefetch) {
        TestPublisher<Page> source = TestPublisher.create();

        StepVerifier.create(PageRows.of(source.flux(), row -> row.getLong(0), prefetch, Release.EARLY), 1)
                .then(() -> source.next(FakePage.counting(ledger, 0, 3)))
                .expectNext(0L)
                .then(() -> source.error(new IllegalStateException("too late")))
                .verifyErrorMessage("too late");
    }

    @Test
    void anErrorWaitsForARowThatMayStillBeRead() {
        TestPublisher<Page> source = TestPublisher.create();

        StepVerifier.create(PageRows.of(source.flux(), row -> row.getLong(0), 0, Release.LATE), 1)
                .then(() -> source.next(FakePage.counting(ledger, 0, 2)))
                .expectNext(0L)
                .then(() -> source.error(new IllegalStateException("lost")))
                .then(() -> assertThat(ledger.released).hasValue(0))
                .thenRequest(2)
                .expectNext(1L)
                .verifyErrorMessage("lost");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void theEndNeedsNoFurtherDemand(int prefetch) {
        StepVerifier.create(PageRows.of(pages(1, 2), row -> row.getLong(0), prefetch, Release.EARLY), 2)
                .expectNext(0L, 1L)
                .verifyComplete();
        StepVerifier.create(PageRows.of(Flux.<Page>empty(), row -> row.getLong(0), prefetch, Release.EARLY), 0)
                .verifyComplete();
        StepVerifier.create(
                        PageRows.of(
                                Flux.<Page>error(new IllegalStateException("early")),
                                row -> 1,
                                prefetch,
                                Release.EARLY),
                        0)
                .verifyErrorMessage("early");
    }

    @ParameterizedTest
    @CsvSource({"0, EARLY, false", "1, EARLY, true", "0, LATE, true", "1, LATE, true"})
    void rowsThatAreNotWantedCostNoDemandAndStillReleaseTheirPage(int prefetch, Release release, boolean objects) {
        RowMapper<Long> oneOfFour = new RowMapper<>() {
            @Override
            public Long map(RowView row) {
                return row.getLong(0);
            }

            @Override
            public boolean wants(RowView row) {
                return row.getLong(0) % 4 == 1;
            }
        };

        StepVerifier.create(PageRows.of(pages(4, 3), oneOfFour, prefetch, release, objects), 2)
                .expectNext(1L, 5L)
                .thenRequest(5)
                .expectNext(9L)
                .verifyComplete();
    }

    @Test
    void aPredicateThatThrowsEndsTheStream() {
        StepVerifier.create(PageRows.of(pages(2, 3), new RowMapper<Long>() {
                    @Override
                    public Long map(RowView row) {
                        return row.getLong(0);
                    }

                    @Override
                    public boolean wants(RowView row) {
                        return failAt(2, row) >= 0;
                    }
                }))
                .expectNext(0L, 1L)
                .verifyErrorMessage("mapper at 2");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void askingForNothingIsAnErrorThatNamesTheRule(long n) {
        for (Release release : Release.values()) {
            List<Throwable> errors = new ArrayList<>();
            PageRows.of(pages(3, 3), row -> row.getLong(0), 1, release).subscribe(new BaseSubscriber<Long>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    subscription.request(1);
                    // BaseSubscriber would keep it to itself.
                    upstream().request(n);
                }

                @Override
                protected void hookOnError(Throwable t) {
                    errors.add(t);
                }
            });

            assertThat(errors)
                    .singleElement()
                    .satisfies(e -> assertThat(e)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("asked for " + n)
                            .hasMessageContaining("3.9"));
            assertThat(ledger.open()).isZero();
        }
    }

    @Test
    void aPageThatArrivesAfterTheCancelIsClosed() {
        AtomicReference<Subscriber<? super Page>> late = new AtomicReference<>();
        Publisher<Page> source = subscriber -> {
            late.set(subscriber);
            subscriber.onSubscribe(Operators.emptySubscription());
        };

        StepVerifier.create(PageRows.of(source, row -> row.getLong(0)), 1)
                .expectSubscription()
                .thenCancel()
                .verify();
        late.get().onNext(FakePage.counting(ledger, 0, 3));
        late.get().onNext(FakePage.counting(ledger, 3, 3));

        assertThat(ledger.made).hasValue(2);
        assertThat(ledger.open()).isZero();
    }

    @Test
    void aSourceThatSendsMoreThanWasAskedForIsCancelled() {
        TestPublisher<Page> source = TestPublisher.createNoncompliant(TestPublisher.Violation.REQUEST_OVERFLOW);

        StepVerifier.create(PageRows.of(source.flux(), row -> row.getLong(0), 1, Release.EARLY), 1)
                .then(() -> source.next(
                        FakePage.counting(ledger, 0, 3),
                        FakePage.counting(ledger, 3, 3),
                        FakePage.counting(ledger, 6, 3)))
                .expectNext(0L)
                .verifyErrorSatisfies(e -> assertThat(e).hasMessageContaining("not asked for"));
        source.assertCancelled();
    }

    @Test
    void aSubscriberThatThrowsCountsAsCancelled() {
        TestPublisher<Page> source = TestPublisher.create();
        Flux<Long> rows = PageRows.of(source.flux(), row -> row.getLong(0));
        rows.subscribe(new CoreSubscriber<>() {
            @Override
            public void onSubscribe(Subscription s) {
                s.request(2);
            }

            @Override
            public void onNext(Long value) {
                throw new IllegalStateException("against rule 2.13");
            }

            @Override
            public void onError(Throwable t) {}

            @Override
            public void onComplete() {}
        });

        assertThatThrownBy(() -> source.next(FakePage.counting(ledger, 0, 3))).hasMessage("against rule 2.13");

        source.assertCancelled();
        assertThat(ledger.open()).isZero();
    }

    @Test
    void nothingHappensBeforeTheFirstDemand() {
        TestPublisher<Page> source = TestPublisher.create();

        StepVerifier.create(PageRows.of(source.flux(), row -> row.getLong(0)), 0)
                .expectSubscription()
                .then(() -> assertThat(ledger.made).hasValue(0))
                .thenCancel()
                .verify();

        source.assertWasNotRequested();
        source.assertCancelled();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void emptyPagesByTheThousandsNeedNoStack(int prefetch) {
        for (Release release : Release.values()) {
            Flux<Page> source = pages(200_000, 0).concatWith(pages(1, 1));
            StepVerifier.create(PageRows.of(source, row -> row.getLong(0), prefetch, release), 1)
                    .expectNext(0L)
                    .thenRequest(1)
                    .verifyComplete();
        }
    }

    @Test
    void pagesByTheThousandsAskedForOneByOneNeedNoStack() {
        List<Long> seen = new ArrayList<>();

        PageRows.of(pages(200_000, 1), row -> row.getLong(0), 0, Release.EARLY).subscribe(new Stepping(1, seen));

        assertThat(seen).hasSize(200_000);
    }

    @Test
    void theSubscribersContextReachesTheSource() {
        Flux<Page> source = Flux.deferContextual(context -> pages(1, context.get("rows")));

        StepVerifier.create(PageRows.of(source, row -> row.getLong(0)).contextWrite(c -> c.put("rows", 2)))
                .expectNext(0L, 1L)
                .verifyComplete();
    }

    @Test
    void rowsAreNotFuseable() {
        assertThat(PageRows.of(pages(1, 1), row -> 1)).isNotInstanceOf(Fuseable.class);
    }

    @Test
    void onlyNoneOrOnePageIsFetchedAhead() {
        assertThatThrownBy(() -> PageRows.of(pages(1, 1), row -> 1, 2, Release.EARLY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Rows can not fetch 2 pages ahead: possible are 0 and 1");
    }

    private static long failAt(long at, RowView row) {
        if (row.getLong(0) == at) {
            throw new IllegalArgumentException("mapper at " + at);
        }
        return row.getLong(0);
    }

    private static long keep(RowView row, List<RowView> kept) {
        kept.add(row);
        return row.getLong(0);
    }

    private Flux<Page> pages(int pages, int rowsPerPage) {
        return pages(ledger, pages, rowsPerPage);
    }

    private static Flux<Page> pages(FakePage.Ledger ledger, int pages, int rowsPerPage) {
        return Flux.range(0, pages).map(i -> FakePage.counting(ledger, (long) i * rowsPerPage, rowsPerPage));
    }

    /** Asks for so many at a time. */
    private static class Stepping extends BaseSubscriber<Long> {
        private final long step;
        private final List<Long> seen;
        private long left;

        Stepping(long step, List<Long> seen) {
            this.step = step;
            this.seen = seen;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            left = step;
            request(step);
        }

        @Override
        protected void hookOnNext(Long value) {
            seen.add(value);
            if (--left == 0) {
                left = step;
                request(step);
            }
        }
    }
}
