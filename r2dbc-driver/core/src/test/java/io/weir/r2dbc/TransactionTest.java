package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.R2dbcRollbackException;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The rules of the SPI for transactions: C5 to C11, over a store that has them and over one that has none. */
class TransactionTest {

    private final FakeSession session = new FakeSession();

    private WeirConnection rich() {
        session.traits = FakeSession.RICH;
        session.transactions = new FakeTransactions(session);
        return session.connection();
    }

    private static void done(Publisher<Void> act) {
        StepVerifier.create(act).verifyComplete();
    }

    @Test
    void c5ANewConnectionIsInAutoCommit() {
        assertThat(rich().isAutoCommit()).isTrue();
        assertThat(new FakeSession().connection().isAutoCommit()).isTrue();
    }

    @Test
    void c6BeginTurnsAutoCommitOffUntilTheTransactionEnds() {
        WeirConnection connection = rich();

        Mono<Void> begin = connection.beginTransaction();
        assertThat(connection.isAutoCommit()).isTrue();
        done(begin);
        assertThat(connection.isAutoCommit()).isFalse();
        done(connection.commitTransaction());
        assertThat(connection.isAutoCommit()).isTrue();
        done(connection.beginTransaction());
        done(connection.rollbackTransaction());

        assertThat(connection.isAutoCommit()).isTrue();
        assertThat(session.acts).containsExactly("begin null null", "commit", "begin null null", "rollback");
    }

    @Test
    void c6TheAttributesOfADefinitionReachTheStoreAndAbsentOnesAreNull() {
        done(rich().beginTransaction(IsolationLevel.SERIALIZABLE));

        assertThat(session.acts).containsExactly("begin " + IsolationLevel.SERIALIZABLE + " null");
    }

    @Test
    void c6ASecondBeginIsRefusedInsteadOfCommittingTheFirst() {
        WeirConnection connection = rich();
        done(connection.beginTransaction());

        StepVerifier.create(connection.beginTransaction())
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("savepoint"));
        assertThat(session.acts).hasSize(1);
    }

    @Test
    void endingATransactionThatWasNotBegunAsksNobody() {
        WeirConnection connection = rich();

        done(connection.commitTransaction());
        done(connection.rollbackTransaction());

        assertThat(session.acts).isEmpty();
    }

    @Test
    void c7ChangingAutoCommitInsideATransactionCommitsIt() {
        WeirConnection connection = rich();
        done(connection.setAutoCommit(false));
        done(connection.beginTransaction());
        done(connection.setAutoCommit(true));

        assertThat(session.acts).containsExactly("autoCommit false", "begin null null", "commit", "autoCommit true");
        assertThat(connection.isAutoCommit()).isTrue();
    }

    @Test
    void c7TurningAutoCommitOnInsideATransactionThatOnlyBeginTurnedOffCommitsAndIsDone() {
        WeirConnection connection = rich();
        done(connection.beginTransaction());
        done(connection.setAutoCommit(true));

        assertThat(session.acts).containsExactly("begin null null", "commit");
    }

    @Test
    void c7TheSameValueChangesNothing() {
        WeirConnection connection = rich();
        done(connection.setAutoCommit(true));
        done(connection.beginTransaction());
        done(connection.setAutoCommit(false));

        assertThat(session.acts).containsExactly("begin null null");
    }

    @Test
    void c8ASavepointOutsideOfATransactionBeginsOne() {
        WeirConnection connection = rich();
        done(connection.createSavepoint("a"));
        done(connection.createSavepoint("b"));
        done(connection.rollbackTransactionToSavepoint("b"));
        done(connection.releaseSavepoint("a"));

        assertThat(connection.isAutoCommit()).isFalse();
        assertThat(session.acts)
                .containsExactly("begin null null", "savepoint a", "savepoint b", "rollback to b", "release a");
    }

    @Test
    void c9WithoutSavepointsTheyAreRefusedAndReleasingIsSilent() {
        WeirConnection connection = rich();
        session.traits =
                new SessionTraits("Half DB", "1", SqlSyntax.STANDARD, FakeSession.PLAIN.bindTypes(), false, false, "");

        refused(connection.createSavepoint("a"), "Half DB has no savepoints");
        refused(connection.rollbackTransactionToSavepoint("a"), "Half DB has no savepoints");
        done(connection.releaseSavepoint("a"));
        assertThat(session.acts).isEmpty();
    }

    @Test
    void c10TheIsolationLevelIsKnownLocallyAndSetForTheFollowingTransactions() {
        WeirConnection connection = rich();
        assertThat(connection.getTransactionIsolationLevel()).isEqualTo(IsolationLevel.READ_COMMITTED);

        done(connection.setTransactionIsolationLevel(IsolationLevel.SERIALIZABLE));

        assertThat(connection.getTransactionIsolationLevel()).isEqualTo(IsolationLevel.SERIALIZABLE);
        assertThat(session.acts).containsExactly("isolation SERIALIZABLE");
    }

    @Test
    void c11TheLockWaitTimeoutReachesTheStore() {
        done(rich().setLockWaitTimeout(Duration.ofSeconds(3)));

        assertThat(session.acts).containsExactly("lockWait PT3S");
    }

    @Test
    void c15NullsAreRefusedAtTheCall() {
        WeirConnection connection = rich();

        assertThatThrownBy(() -> connection.beginTransaction(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> connection.createSavepoint(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> connection.rollbackTransactionToSavepoint(null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> connection.releaseSavepoint(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> connection.setTransactionIsolationLevel(null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> connection.setLockWaitTimeout(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStoreWithoutTransactionsRefusesThemLoudlyAndSaysWhatWorksInstead() {
        WeirConnection connection = session.connection();
        String text = "Fake DB has no transactions: every statement takes effect at once and nothing is rolled back."
                + " An INSERT of many rows is one write.";

        refused(connection.beginTransaction(), "beginTransaction was asked for, but " + text);
        refused(connection.beginTransaction(IsolationLevel.SERIALIZABLE), text);
        refused(connection.commitTransaction(), text);
        refused(connection.rollbackTransaction(), text);
        refused(connection.createSavepoint("a"), text);
        refused(connection.rollbackTransactionToSavepoint("a"), text);
        refused(connection.setAutoCommit(false), text);
        refused(connection.setTransactionIsolationLevel(IsolationLevel.SERIALIZABLE), text);
        refused(connection.setLockWaitTimeout(Duration.ofSeconds(1)), text);
    }

    @Test
    void aStoreWithoutTransactionsIsAlwaysInAutoCommitAndHasNoIsolation() {
        WeirConnection connection = session.connection();

        done(connection.setAutoCommit(true));
        done(connection.releaseSavepoint("a"));
        assertThat(connection.isAutoCommit()).isTrue();
        assertThat(connection.getTransactionIsolationLevel().asSql()).isEqualTo("NONE");
    }

    private static void refused(Publisher<Void> act, String text) {
        StepVerifier.create(act)
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining(text));
    }

    @Test
    void aConflictAtTheCommitIsARollbackException() {
        WeirConnection connection = rich();
        done(connection.beginTransaction());
        session.commitFailure =
                WeirException.of(ErrorKind.CONFLICT, "write conflict").build();

        StepVerifier.create(connection.commitTransaction()).verifyErrorSatisfies(error -> {
            assertThat(error).isInstanceOf(R2dbcRollbackException.class);
            assertThat(((R2dbcRollbackException) error).getSqlState()).isEqualTo("40001");
        });
    }

    @Test
    void preReleaseUndoesWhatTheBorrowerLeftOpenOrChanged() {
        WeirConnection connection = rich();
        done(connection.setAutoCommit(false));
        done(connection.setTransactionIsolationLevel(IsolationLevel.SERIALIZABLE));
        done(connection.createSavepoint("a"));
        done(connection.setStatementTimeout(Duration.ofSeconds(9)));
        session.acts.clear();

        done(connection.preRelease());

        assertThat(session.acts).containsExactly("rollback", "autoCommit true", "isolation READ COMMITTED", "reset");
        connection.createStatement("a").execute().blockLast();
        assertThat(session.lastRun().timeout()).isZero();
    }

    @Test
    void preReleaseOfACleanConnectionOnlyAsksTheSessionAndMayBeRepeated() {
        WeirConnection connection = rich();

        done(connection.preRelease());
        done(connection.preRelease());
        done(connection.postAllocate());

        assertThat(session.acts).containsExactly("reset", "reset");
    }
}
