package io.weir.r2dbc;

import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.TransactionDefinition;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Transactions that only remember; each act is written down when it is subscribed to. */
final class FakeTransactions implements Transactions {

    private final FakeSession session;
    private boolean inTransaction;
    private boolean autoCommit = true;
    private IsolationLevel level = IsolationLevel.READ_COMMITTED;

    FakeTransactions(FakeSession session) {
        this.session = session;
    }

    private Mono<Void> act(String name, Runnable effect) {
        return Mono.fromRunnable(() -> {
            session.acts.add(name);
            effect.run();
        });
    }

    @Override
    public Mono<Void> begin(TransactionDefinition definition) {
        return act(
                "begin " + definition.getAttribute(TransactionDefinition.ISOLATION_LEVEL) + " "
                        + definition.getAttribute(TransactionDefinition.READ_ONLY),
                () -> inTransaction = true);
    }

    @Override
    public Mono<Void> commit() {
        return act("commit", () -> {
            if (session.commitFailure != null) {
                throw session.commitFailure;
            }
            inTransaction = false;
        });
    }

    @Override
    public Mono<Void> rollback() {
        return act("rollback", () -> inTransaction = false);
    }

    @Override
    public Mono<Void> createSavepoint(String name) {
        return act("savepoint " + name, () -> {});
    }

    @Override
    public Mono<Void> rollbackToSavepoint(String name) {
        return act("rollback to " + name, () -> {});
    }

    @Override
    public Mono<Void> releaseSavepoint(String name) {
        return act("release " + name, () -> {});
    }

    @Override
    public Mono<Void> setIsolationLevel(IsolationLevel level) {
        return act("isolation " + level.asSql(), () -> this.level = level);
    }

    @Override
    public Mono<Void> setAutoCommit(boolean autoCommit) {
        return act("autoCommit " + autoCommit, () -> this.autoCommit = autoCommit);
    }

    @Override
    public Mono<Void> setLockWaitTimeout(Duration timeout) {
        return act("lockWait " + timeout, () -> {});
    }

    @Override
    public boolean inTransaction() {
        return inTransaction;
    }

    @Override
    public boolean isAutoCommit() {
        return autoCommit;
    }

    @Override
    public IsolationLevel isolationLevel() {
        return level;
    }
}
