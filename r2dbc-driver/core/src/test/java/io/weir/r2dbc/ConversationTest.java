package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.ResultPart.Count;
import io.weir.core.ResultPart.End;
import io.weir.core.ResultPart.Failure;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** How parts become results: several of them, unread ones, cancels from inside and outside, endings in the middle. */
class ConversationTest {

    private static final Failure FAILURE =
            new Failure(WeirException.of(ErrorKind.BAD_REQUEST, "bad").build());

    private final PageLedger pages = new PageLedger();
    private final FakeSession session = new FakeSession();
    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();

    @AfterEach
    void everyPageIsReleased() {
        pages.assertAllReleased();
    }

    private Flux<WeirResult> execute(String... statements) {
        return execute(ConnectionSettings.DEFAULTS, statements);
    }

    private Flux<WeirResult> execute(ConnectionSettings settings, String... statements) {
        WeirBatch batch = new WeirConnection(new ConnectionScope(session, settings, clock)).createBatch();
        List.of(statements).forEach(batch::add);
        return batch.execute();
    }

    /** Parts made when they are asked for. */
    private Flux<ResultPart> lazily(Object... parts) {
        return Flux.fromArray(parts)
                .map(part -> part instanceof Integer size ? pages.page(0, size) : (ResultPart) part);
    }

    private static Flux<Long> numbers(WeirResult result) {
        return result.map((row, metadata) -> row.get(0, Long.class));
    }

    @Test
    void s9EachStatementOfABatchHasItsResultInOrder() {
        session.answering(lazily(2, End.INSTANCE, new Count(7), End.INSTANCE, 1, 1, End.INSTANCE, End.INSTANCE));

        StepVerifier.create(execute("a", "b", "c", "d")
                        .concatMap(result -> numbers(result).collectList()))
                .expectNext(List.of(0L, 1L), List.of(), List.of(0L, 0L), List.of())
                .verifyComplete();
    }

    @Test
    void s10SeveralResultsOfOneStatementComeOneAfterTheOther() {
        session.answering(lazily(new Count(1), End.INSTANCE, new Count(2), End.INSTANCE));
        Flux<WeirResult> results = session.connection().createStatement("a; b").execute();

        StepVerifier.create(results.concatMap(WeirResult::getRowsUpdated))
                .expectNext(1L, 2L)
                .verifyComplete();
    }

    @Test
    void anUpdateThatNobodyReadsIsDoneAllTheSame() {
        session.answering(lazily(new Count(1), End.INSTANCE, End.INSTANCE, new Count(3), End.INSTANCE));

        StepVerifier.create(execute("a", "b", "c").then()).verifyComplete();
        assertThat(session.cancels).hasValue(0);
    }

    @Test
    void aRefusedStatementFailsItsOwnResultWithItsOwnTextAndTheNextOnesAreGood() {
        session.answering(lazily(
                new Count(1),
                End.INSTANCE,
                FAILURE,
                End.INSTANCE,
                1,
                FAILURE,
                End.INSTANCE,
                new Count(4),
                End.INSTANCE));

        StepVerifier.create(execute("a", "b", "c", "d")
                        .concatMap(result -> result.getRowsUpdated()
                                .map(String::valueOf)
                                .onErrorResume(R2dbcBadGrammarException.class, e -> Mono.just(e.getOffendingSql()))))
                .expectNext("1", "b", "c", "4")
                .verifyComplete();
    }

    @Test
    void takingOneResultWithMonoFromLeavesItReadable() {
        session.answering(lazily(2, 2, End.INSTANCE, 2, End.INSTANCE));

        StepVerifier.create(Mono.from(execute("a", "b")).flatMapMany(ConversationTest::numbers))
                .expectNext(0L, 1L, 0L, 1L)
                .verifyComplete();
        // The second statement is not wanted: it is stopped.
        assertThat(session.cancels).hasValue(1);
        assertThat(pages.made).hasValue(2);
    }

    @Test
    void aResultOfWhichOnlyAPartWasReadIsSkippedForTheNext() {
        session.answering(lazily(2, 2, 2, End.INSTANCE, 1, End.INSTANCE));

        StepVerifier.create(execute("a", "b")
                        .concatMap(result -> numbers(result).take(1).collectList()))
                .expectNext(List.of(0L), List.of(0L))
                .verifyComplete();
        assertThat(session.cancels).hasValue(0);
        assertThat(pages.made).hasValue(4);
    }

    @Test
    void emptyPagesAheadOfTheEndMakeAResultThatIsFinished() {
        session.answering(lazily(0, 0, End.INSTANCE));

        StepVerifier.create(execute("a").then()).verifyComplete();
    }

    @Test
    void aMissingEndMarkIsForgivenAtTheEndOfTheCommand() {
        session.answering(lazily(new Count(2)));
        StepVerifier.create(execute("a").concatMap(WeirResult::getRowsUpdated))
                .expectNext(2L)
                .verifyComplete();

        session.answering(lazily(1));
        StepVerifier.create(execute("a").concatMap(ConversationTest::numbers))
                .expectNext(0L)
                .verifyComplete();
    }

    @Test
    void resultsComeByDemandAndTheNextStatementIsNotAskedForBefore() {
        TestPublisher<ResultPart> parts = TestPublisher.create();
        session.answering(parts.flux());

        StepVerifier.create(execute("a", "b"), 0)
                .then(() -> parts.assertMinRequested(0))
                .thenRequest(1)
                .then(() -> parts.next(new Count(1)).next(End.INSTANCE))
                .expectNextCount(1)
                .then(() -> assertThat(parts.wasRequested()).isTrue())
                .then(parts::complete)
                .verifyComplete();
    }

    @Test
    void aPartThatNobodyAskedForIsReleasedAndEndsTheConversation() {
        TestPublisher<ResultPart> parts = TestPublisher.createNoncompliant(TestPublisher.Violation.REQUEST_OVERFLOW);
        session.answering(parts.flux());

        StepVerifier.create(execute("a"))
                .then(() -> parts.next(pages.page(0, 1)))
                .expectNextCount(1)
                .then(() -> parts.next(pages.page(0, 1)))
                .verifyErrorSatisfies(error -> assertThat(error).hasMessageContaining("nobody had asked for"));
        parts.assertCancelled();
    }

    @Test
    void aSessionThatThrowsFailsTheSubscription() {
        session.answer = command -> {
            throw WeirException.of(ErrorKind.CLOSED, "gone").build();
        };

        StepVerifier.create(execute("a")).verifyError(R2dbcNonTransientResourceException.class);
    }

    @Test
    void aLossWhileNobodyReadsTheResultIsToldToTheReaderWhoComesLate() {
        TestPublisher<ResultPart> parts = TestPublisher.create();
        session.answering(parts.flux());
        List<WeirResult> results = new ArrayList<>();
        execute("a").subscribe(results::add, error -> {});
        parts.next(pages.page(0, 1));
        parts.error(WeirException.of(ErrorKind.CLOSED, "gone").build());

        StepVerifier.create(numbers(results.get(0)))
                .expectNext(0L)
                .verifyError(R2dbcNonTransientResourceException.class);
    }

    @Test
    void aLossBetweenResultsFailsTheExecution() {
        session.answering(Flux.concat(
                lazily(new Count(1), End.INSTANCE),
                Mono.error(WeirException.of(ErrorKind.CLOSED, "gone").build())));

        StepVerifier.create(execute("a", "b").concatMap(WeirResult::getRowsUpdated))
                .expectNext(1L)
                .verifyErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(R2dbcNonTransientResourceException.class);
                    assertThat(((R2dbcException) error).getSql()).isEqualTo("b");
                });
    }

    @Test
    void aResultThatNobodyReadsIsReleasedAtItsDeadlineAndTheNextOneComes() {
        session.answering(lazily(2, 2, End.INSTANCE, new Count(1), End.INSTANCE));
        List<WeirResult> results = new ArrayList<>();

        StepVerifier.create(
                        execute(ConnectionSettings.DEFAULTS.withUnreadResultTimeout(Duration.ofSeconds(5)), "a", "b")
                                .doOnNext(results::add)
                                .then())
                .then(() -> clock.advanceTimeBy(Duration.ofMillis(4999)))
                .then(() -> assertThat(pages.open()).isEqualTo(1))
                .then(() -> clock.advanceTimeBy(Duration.ofMillis(1)))
                .verifyComplete();

        assertThat(results).hasSize(2);
        StepVerifier.create(numbers(results.get(0)))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("5 s and nobody read it"));
    }

    @Test
    void aResultThatNobodyReadsStopsItsCommandAtTheDeadlineIfTheOuterIsGone() {
        session.answering(lazily(2, 2, End.INSTANCE));

        WeirResult result = Mono.from(execute("a")).block();
        assertThat(session.cancels).hasValue(0);
        clock.advanceTimeBy(Duration.ofSeconds(60));

        assertThat(session.cancels).hasValue(1);
        StepVerifier.create(result.getRowsUpdated()).verifyError(IllegalStateException.class);
    }

    @Test
    void aReaderInTimeIsNotDisturbedByTheDeadline() {
        session.answering(lazily(2, 2, End.INSTANCE));
        WeirResult result = Mono.from(execute("a")).block();

        StepVerifier.create(numbers(result), 1)
                .expectNext(0L)
                .then(() -> clock.advanceTimeBy(Duration.ofHours(1)))
                .thenRequest(10)
                .expectNext(1L, 0L, 1L)
                .verifyComplete();
    }

    @Test
    void theStatementTimeoutFailsTheReaderStopsTheCommandAndIsAnR2dbcTimeout() {
        session.answering(lazily(2, 2, End.INSTANCE));
        ConnectionSettings twoSeconds = ConnectionSettings.DEFAULTS.withStatementTimeout(Duration.ofSeconds(2));

        StepVerifier.create(execute(twoSeconds, "a").concatMap(ConversationTest::numbers), 1)
                .expectNext(0L)
                .then(() -> clock.advanceTimeBy(Duration.ofSeconds(2)))
                .verifyErrorSatisfies(ConversationTest::isTimeout);
        assertThat(session.cancels).hasValue(1);
    }

    private static void isTimeout(Throwable error) {
        assertThat(error)
                .isInstanceOf(io.r2dbc.spi.R2dbcTimeoutException.class)
                .isInstanceOf(WeirR2dbcException.class)
                .hasMessageContaining("2000 ms");
        WeirR2dbcException weir = (WeirR2dbcException) error;
        assertThat(weir.connectionId()).isEqualTo("c7");
        assertThat(weir.endpoint()).isEqualTo("db.example:6667");
        assertThat(weir.sent()).isEqualTo(WeirException.Sent.MAYBE);
        assertThat(((R2dbcException) error).getSql()).isEqualTo("a");
    }

    @Test
    void aReaderWhoHoldsBackIsToldAtOnceAndHisPageIsReleased() {
        session.answering(lazily(2, 2, End.INSTANCE));
        ConnectionSettings twoSeconds = ConnectionSettings.DEFAULTS.withStatementTimeout(Duration.ofSeconds(2));

        StepVerifier.create(Mono.from(execute(twoSeconds, "a")).flatMapMany(ConversationTest::numbers), 1)
                .expectNext(0L)
                .then(() -> assertThat(pages.open()).isEqualTo(1))
                .then(() -> clock.advanceTimeBy(Duration.ofSeconds(2)))
                .verifyErrorSatisfies(ConversationTest::isTimeout);
    }

    @Test
    void anEndlessStatementTimeoutIsAsGoodAsNone() {
        session.answering(lazily(2, End.INSTANCE));
        ConnectionSettings endless =
                ConnectionSettings.DEFAULTS.withStatementTimeout(Duration.ofSeconds(Long.MAX_VALUE));

        StepVerifier.create(execute(endless, "a").concatMap(ConversationTest::numbers))
                .expectNext(0L, 1L)
                .verifyComplete();
    }

    @Test
    void theStatementTimeoutCountsWhileTheStoreIsSilent() {
        session.answering(Flux.never());

        StepVerifier.create(execute(ConnectionSettings.DEFAULTS.withStatementTimeout(Duration.ofSeconds(2)), "a"))
                .then(() -> clock.advanceTimeBy(Duration.ofSeconds(2)))
                .verifyErrorSatisfies(ConversationTest::isTimeout);
        assertThat(session.cancels).hasValue(1);
    }

    @Test
    void aStatementTimeoutBeforeTheResultIsReadIsToldToTheReaderWhoComesLate() {
        session.answering(lazily(2, 2, End.INSTANCE));

        WeirResult result = Mono.from(
                        execute(ConnectionSettings.DEFAULTS.withStatementTimeout(Duration.ofSeconds(2)), "a"))
                .block();
        clock.advanceTimeBy(Duration.ofSeconds(2));

        assertThat(session.cancels).hasValue(1);
        StepVerifier.create(numbers(result)).verifyErrorSatisfies(ConversationTest::isTimeout);
    }

    @Test
    void aStatementThatEndsInTimeLeavesNoTimerBehind() {
        List<Disposable> timers = new ArrayList<>();
        Scheduler recording = new RecordingClock(clock, timers);
        ConnectionSettings settings = ConnectionSettings.DEFAULTS.withStatementTimeout(Duration.ofHours(2));
        WeirConnection connection = new WeirConnection(new ConnectionScope(session, settings, recording));
        session.answering(lazily(2, End.INSTANCE));

        Mono.from(connection.createStatement("a").execute())
                .delayUntil(result -> Mono.empty())
                .flatMapMany(ConversationTest::numbers)
                .blockLast();
        WeirResult late = Mono.from(connection.createStatement("a").execute()).block();
        numbers(late).blockLast();

        assertThat(timers).hasSize(3).allMatch(Disposable::isDisposed);
    }

    /** Keeps what it schedules. */
    private record RecordingClock(Scheduler clock, List<Disposable> timers) implements Scheduler {

        @Override
        public Disposable schedule(Runnable task) {
            throw new UnsupportedOperationException("only delays are expected");
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            Disposable timer = clock.schedule(task, delay, unit);
            timers.add(timer);
            return timer;
        }

        @Override
        public Worker createWorker() {
            return clock.createWorker();
        }
    }

    @Test
    void aSubscriberThatCancelsAtOnceRunsNothing() {
        session.answering(lazily(1, End.INSTANCE));

        execute("a").subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.cancel();
            }
        });

        assertThat(session.commands).isEmpty();
    }

    @Test
    void aCancelBeforeTheFirstPartStopsTheCommand() {
        TestPublisher<ResultPart> parts = TestPublisher.create();
        session.answering(parts.flux());

        StepVerifier.create(execute("a"))
                .then(() -> parts.assertWasRequested())
                .thenCancel()
                .verify();

        parts.assertCancelled();
    }

    @Test
    void aPageThatArrivesAfterTheCancelIsReleased() {
        List<CoreSubscriber<? super ResultPart>> subscribers = new ArrayList<>();
        session.answering(new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super ResultPart> subscriber) {
                subscribers.add(subscriber);
                subscriber.onSubscribe(Operators.emptySubscription());
            }
        });

        StepVerifier.create(execute("a"))
                .then(() -> assertThat(subscribers).hasSize(1))
                .thenCancel()
                .verify();
        subscribers.get(0).onNext(pages.page(0, 1));

        assertThat(pages.made).hasValue(1);
    }

    @Test
    void aSubscriberThatThrowsCountsAsCancelled() {
        session.answering(lazily(2, 2, End.INSTANCE));

        ThrowingSubscriber<WeirResult> ofResults = new ThrowingSubscriber<>();
        assertThatThrownBy(() -> execute("a").subscribe(ofResults)).hasMessage("mine");
        ThrowingSubscriber<Long> ofRows = new ThrowingSubscriber<>();
        execute("a").concatMap(ConversationTest::numbers).subscribe(ofRows);

        assertThat(session.cancels).hasValue(2);
        assertThat(ofResults.received).hasValue(1);
        assertThat(ofRows.received).hasValue(1);
    }

    private static final class ThrowingSubscriber<T> implements CoreSubscriber<T> {

        private final AtomicInteger received = new AtomicInteger();

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(T value) {
            received.incrementAndGet();
            throw new IllegalStateException("mine");
        }

        /** Reactor reports here what was thrown during the subscription. */
        @Override
        public void onError(Throwable error) {
            assertThat(error).hasMessageContaining("mine");
        }

        @Override
        public void onComplete() {
            throw new AssertionError("not to be completed");
        }
    }

    @Test
    void aClockThatWasStoppedLimitsNothingAndBreaksNothing() {
        session.answering(lazily(2, End.INSTANCE));
        Scheduler stopped = Schedulers.newSingle("stopped");
        stopped.dispose();
        ConnectionSettings settings = ConnectionSettings.DEFAULTS.withStatementTimeout(Duration.ofSeconds(1));
        WeirConnection connection = new WeirConnection(new ConnectionScope(session, settings, stopped));

        WeirResult result = Mono.from(connection.createStatement("a").execute()).block();

        StepVerifier.create(numbers(result)).expectNext(0L, 1L).verifyComplete();
    }

    @Test
    void aWrongRequestIsReported() {
        session.answering(lazily(1, End.INSTANCE));
        WeirResult result = Mono.from(execute("a")).block();
        List<Throwable> errors = new ArrayList<>();

        numbers(result).subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(0);
            }

            @Override
            protected void hookOnError(Throwable error) {
                errors.add(error);
            }
        });

        assertThat(errors).hasSize(1).first().isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHundredThousandFinishedResultsNeedNoStack() {
        session.answer = command -> Flux.range(0, 200_000).map(i -> i % 2 == 0 ? new Count(i) : End.INSTANCE);

        StepVerifier.create(execute("a").count()).expectNext(100_000L).verifyComplete();
    }

    @Test
    void aHundredThousandLiveResultsNeedNoStack() {
        session.answer = command -> Flux.range(0, 200_000).map(i -> i % 2 == 0 ? pages.page(i, 1) : End.INSTANCE);

        StepVerifier.create(execute("a").concatMap(ConversationTest::numbers, 1).count())
                .expectNext(100_000L)
                .verifyComplete();
    }
}
