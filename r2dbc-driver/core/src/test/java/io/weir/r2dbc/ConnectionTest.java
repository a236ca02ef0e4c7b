package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Lifecycle;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.ResultPart.End;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The rules of the SPI for connections: C4, C11 to C16, life cycle. */
class ConnectionTest {

    private final FakeSession session = new FakeSession();
    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final PageLedger pages = new PageLedger();
    private final WeirConnection connection =
            new WeirConnection(new ConnectionScope(session, ConnectionSettings.DEFAULTS, clock));

    @Test
    void c4UnwrapReachesTheSessionAndWhatLiesBehindIt() {
        assertThat(connection).isInstanceOf(Wrapped.class);
        assertThat(connection.unwrap()).isSameAs(session);
        assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
        assertThat(connection.unwrap(DriverSession.class)).isSameAs(session);
        assertThat(connection.unwrap(FakeSession.class)).isSameAs(session);
        assertThat(connection.unwrap(Thread.class)).isNull();
        assertThatThrownBy(() -> connection.unwrap(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void c4AnOuterWrapperReachesTheInnermostThroughUs() {
        Wrapped<Connection> wrapper = () -> connection;

        assertThat(wrapper.unwrap(FakeSession.class)).isSameAs(session);
    }

    @Test
    void theEventLoopOfASessionIsAnsweredForPoolsThatWantToStayOnIt() {
        assertThat(connection.unwrap(Scheduler.class)).isNull();

        session.scheduler = Schedulers.immediate();

        assertThat(connection.unwrap(Scheduler.class)).isSameAs(Schedulers.immediate());
    }

    @Test
    void c11AStatementTimeoutIsCheckedAtTheCallAndSetWhenSubscribed() {
        assertThatThrownBy(() -> connection.setStatementTimeout(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> connection.setStatementTimeout(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zero (no limit)");

        Mono<Void> set = connection.setStatementTimeout(Duration.ofSeconds(1));
        connection.createStatement("a").execute().blockLast();
        assertThat(session.lastRun().timeout()).isZero();
        set.block();
        connection.createStatement("a").execute().blockLast();
        assertThat(session.lastRun().timeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void c12LocalValidationAsksNobody() {
        StepVerifier.create(connection.validate(ValidationDepth.LOCAL))
                .expectNext(true)
                .verifyComplete();
        session.open = false;
        StepVerifier.create(connection.validate(ValidationDepth.LOCAL))
                .expectNext(false)
                .verifyComplete();

        assertThat(session.acts).isEmpty();
    }

    @Test
    void c12RemoteValidationIsTrueOrFalseNeverAnErrorNorNothing() {
        assertThat(connection.validate(ValidationDepth.REMOTE).block()).isTrue();
        session.ping = Mono.just(false);
        assertThat(connection.validate(ValidationDepth.REMOTE).block()).isFalse();
        session.ping = Mono.error(new IllegalStateException("broken"));
        assertThat(connection.validate(ValidationDepth.REMOTE).block()).isFalse();
        session.ping = Mono.empty();
        assertThat(connection.validate(ValidationDepth.REMOTE).block()).isFalse();
        assertThatThrownBy(() -> connection.validate(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void c12RemoteValidationSaysFalseWhenItsTimeIsOver() {
        session.ping = Mono.never();

        StepVerifier.create(connection.validate(ValidationDepth.REMOTE))
                .then(() -> clock.advanceTimeBy(Duration.ofSeconds(5)))
                .expectNext(false)
                .verifyComplete();
    }

    @Test
    void c12AfterCloseItIsFalseWithoutAskingAnybody() {
        connection.close().block();
        session.acts.clear();

        StepVerifier.create(connection.validate(ValidationDepth.LOCAL))
                .expectNext(false)
                .verifyComplete();
        StepVerifier.create(connection.validate(ValidationDepth.REMOTE))
                .expectNext(false)
                .verifyComplete();
        assertThat(session.acts).isEmpty();
    }

    @Test
    void c13ClosingIsLazyAndClosingAgainCompletes() {
        Mono<Void> close = connection.close();
        assertThat(session.acts).isEmpty();

        StepVerifier.create(close).verifyComplete();
        StepVerifier.create(close).verifyComplete();
        StepVerifier.create(connection.close()).verifyComplete();
    }

    @Test
    void c13ClosingStopsWhatIsRunningAndReleasesWhatIsUnread() {
        session.answer = command -> Flux.range(0, 9).map(i -> pages.page(i, 2));
        List<Throwable> errors = new ArrayList<>();
        connection.createStatement("unread").execute().subscribe(result -> {}, errors::add);
        Mono.from(connection.createStatement("taken").execute()).subscribe();
        Flux<Integer> rows =
                connection.createStatement("read").execute().concatMap(result -> result.map((row, metadata) -> 1), 1);
        StepVerifier.create(rows, 1)
                .expectNext(1)
                .then(() -> connection.close().block())
                .verifyError(IllegalStateException.class);

        assertThat(session.cancels).hasValue(3);
        assertThat(errors).hasSize(1).allMatch(error -> error instanceof IllegalStateException);
        assertThat(pages.made).hasValue(3);
        pages.assertAllReleased();
    }

    @Test
    void c13AFailingCloseIsAnR2dbcException() {
        session.close = Mono.error(WeirException.of(ErrorKind.CLOSED, "gone").build());

        StepVerifier.create(connection.close()).verifyError(R2dbcNonTransientResourceException.class);
    }

    @Test
    void c14MetadataNamesProductAndVersion() {
        assertThat(connection.getMetadata().getDatabaseProductName()).isEqualTo("Fake DB");
        assertThat(connection.getMetadata().getDatabaseVersion()).isEqualTo("1.2.3");
    }

    @Test
    void c16AClosedConnectionIsAnIllegalState() {
        WeirStatement before = connection.createStatement("a");
        WeirBatch batch = connection.createBatch().add("a");
        Flux<WeirResult> execution = before.execute();
        connection.close().block();

        assertThatThrownBy(() -> connection.createStatement("b"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("db.example:6667 (c7) is closed");
        assertThatThrownBy(connection::createBatch).isInstanceOf(IllegalStateException.class);
        StepVerifier.create(execution).verifyError(IllegalStateException.class);
        StepVerifier.create(before.execute()).verifyError(IllegalStateException.class);
        StepVerifier.create(batch.execute()).verifyError(IllegalStateException.class);
        StepVerifier.create(connection.beginTransaction()).verifyError(IllegalStateException.class);
        StepVerifier.create(connection.commitTransaction()).verifyError(IllegalStateException.class);
        StepVerifier.create(connection.rollbackTransaction()).verifyError(IllegalStateException.class);
        StepVerifier.create(connection.createSavepoint("a")).verifyError(IllegalStateException.class);
        StepVerifier.create(connection.releaseSavepoint("a")).verifyError(IllegalStateException.class);
        StepVerifier.create(connection.setAutoCommit(true)).verifyError(IllegalStateException.class);
        StepVerifier.create(connection.setStatementTimeout(Duration.ZERO)).verifyError(IllegalStateException.class);
        assertThat(session.commands).isEmpty();
    }

    @Test
    void c16AConnectionThatIsClosedDuringTheSubscriptionRunsNothingOn() {
        session.answer = command -> {
            connection.close().block();
            return Flux.<ResultPart>never();
        };

        StepVerifier.create(connection.createStatement("a").execute()).verifyError(IllegalStateException.class);
        assertThat(session.cancels).hasValue(1);
    }

    @Test
    void givingAConnectionBackStopsWhatStillRuns() {
        session.answer = command -> Flux.<ResultPart>never();
        assertThat(connection).isInstanceOf(Lifecycle.class).isInstanceOf(Closeable.class);

        StepVerifier.create(connection.createStatement("a").execute())
                .then(() -> connection.preRelease().block())
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("given back"));
        assertThat(session.cancels).hasValue(1);

        session.answering(End.INSTANCE);
        StepVerifier.create(connection.createStatement("a").execute())
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void whatFailsWhenItIsGivenBackTravelsToTheCaller() {
        session.reset = Mono.error(WeirException.of(ErrorKind.CLOSED, "gone").build());

        StepVerifier.create(connection.preRelease()).verifyError(R2dbcNonTransientResourceException.class);
    }

    @Test
    void givingBackAClosedConnectionDoesNothing() {
        connection.close().block();
        session.acts.clear();

        StepVerifier.create(connection.preRelease()).verifyComplete();
        assertThat(session.acts).isEmpty();
    }

    @Test
    void itsTextNamesStoreEndpointAndId() {
        assertThat(connection).hasToString("connection c7 to Fake DB at db.example:6667");
    }
}
