package io.weir.r2dbc;

import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.TransactionDefinition;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The rules around transactions, and the refusals of a store that has none. Publishers only: refused when subscribed. */
final class TransactionControl {

    /** What a store without transactions answers when asked for its isolation level. */
    static final IsolationLevel NONE = IsolationLevel.valueOf("NONE");

    private final ConnectionScope scope;
    private final @Nullable Transactions transactions;
    private final IsolationLevel initialLevel;

    TransactionControl(ConnectionScope scope) {
        this.scope = scope;
        this.transactions = scope.session().transactions();
        this.initialLevel = isolationLevel();
    }

    Mono<Void> begin() {
        return begin(NoAttributes.INSTANCE);
    }

    Mono<Void> begin(TransactionDefinition definition) {
        return with(
                "beginTransaction",
                known -> known.inTransaction()
                        ? Mono.error(new IllegalStateException(
                                "A transaction is open on this connection already: commit it or"
                                        + " roll it back first, or set a savepoint in it"))
                        : known.begin(definition));
    }

    /** Without a transaction there is nothing to end. */
    Mono<Void> commit() {
        return with("commitTransaction", known -> known.inTransaction() ? known.commit() : Mono.empty());
    }

    Mono<Void> rollback() {
        return with("rollbackTransaction", known -> known.inTransaction() ? known.rollback() : Mono.empty());
    }

    /** Outside of a transaction it begins one. */
    Mono<Void> createSavepoint(String name) {
        return withSavepoints(
                "createSavepoint",
                known -> known.inTransaction()
                        ? known.createSavepoint(name)
                        : known.begin(NoAttributes.INSTANCE).then(Mono.defer(() -> known.createSavepoint(name))));
    }

    Mono<Void> rollbackTo(String savepoint) {
        return withSavepoints("rollbackTransactionToSavepoint", known -> known.rollbackToSavepoint(savepoint));
    }

    /** The SPI wants silence where there are no savepoints. */
    Mono<Void> release(String savepoint) {
        return Mono.defer(() -> {
            scope.checkOpen();
            return transactions != null && scope.session().traits().savepoints()
                    ? translated(transactions.releaseSavepoint(savepoint))
                    : Mono.empty();
        });
    }

    /** The same value changes nothing; another one commits the transaction that is open. */
    Mono<Void> autoCommit(boolean on) {
        return Mono.defer(() -> {
            scope.checkOpen();
            if (on == isAutoCommit()) {
                return Mono.empty();
            }
            return with("setAutoCommit(false)", known -> {
                Mono<Void> change =
                        Mono.defer(() -> known.isAutoCommit() == on ? Mono.empty() : known.setAutoCommit(on));
                return known.inTransaction() ? known.commit().then(change) : change;
            });
        });
    }

    boolean isAutoCommit() {
        return transactions == null || (transactions.isAutoCommit() && !transactions.inTransaction());
    }

    Mono<Void> isolationLevel(IsolationLevel level) {
        return with("setTransactionIsolationLevel", known -> known.setIsolationLevel(level));
    }

    IsolationLevel isolationLevel() {
        return transactions == null ? NONE : transactions.isolationLevel();
    }

    Mono<Void> lockWaitTimeout(Duration timeout) {
        return with("setLockWaitTimeout", known -> known.setLockWaitTimeout(timeout));
    }

    /** Undoes what a borrower left open or changed. */
    Mono<Void> reset() {
        if (transactions == null) {
            return Mono.empty();
        }
        Transactions known = transactions;
        return translated(Mono.defer(() -> known.inTransaction() ? known.rollback() : Mono.empty())
                .then(Mono.defer(() -> known.isAutoCommit() ? Mono.empty() : known.setAutoCommit(true)))
                .then(Mono.defer(() -> known.isolationLevel().equals(initialLevel)
                        ? Mono.empty()
                        : known.setIsolationLevel(initialLevel))));
    }

    private Mono<Void> withSavepoints(String asked, Function<Transactions, Mono<Void>> act) {
        return with(
                asked,
                known -> scope.session().traits().savepoints()
                        ? act.apply(known)
                        : Mono.error(new UnsupportedOperationException(asked + " was asked for, but "
                                + scope.session().traits().product()
                                + " has no savepoints: roll the whole transaction back instead")));
    }

    private Mono<Void> with(String asked, Function<Transactions, Mono<Void>> act) {
        return Mono.defer(() -> {
            scope.checkOpen();
            return transactions == null ? Mono.error(refused(asked)) : translated(act.apply(transactions));
        });
    }

    private UnsupportedOperationException refused(String asked) {
        SessionTraits traits = scope.session().traits();
        return new UnsupportedOperationException(asked + " was asked for, but " + traits.product()
                + " has no transactions: every statement takes effect at once and nothing is rolled back. "
                + traits.insteadOfTransactions());
    }

    private static Mono<Void> translated(Mono<Void> act) {
        return act.onErrorMap(WeirException.class, e -> Errors.of(e, null));
    }

    /** A plain begin: no attribute is given. */
    private enum NoAttributes implements TransactionDefinition {
        INSTANCE;

        @Override
        // The SPI's own signature: its callers know the type by the option.
        @SuppressWarnings("TypeParameterUnusedInFormals")
        public <T> @Nullable T getAttribute(Option<T> option) {
            return null;
        }
    }
}
