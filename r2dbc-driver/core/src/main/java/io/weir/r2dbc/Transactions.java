package io.weir.r2dbc;

import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.TransactionDefinition;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Transactions of a store that has them: the plain acts. The rules around them (a change of auto-commit commits, a
 * savepoint opens a transaction, no second begin) are kept above.
 */
public interface Transactions {

    /** Begins a transaction. Attributes that are absent yield null and are left to the session. */
    Mono<Void> begin(TransactionDefinition definition);

    Mono<Void> commit();

    Mono<Void> rollback();

    /** Only called where {@link SessionTraits#savepoints()} holds, and inside a transaction; the name is any text. */
    Mono<Void> createSavepoint(String name);

    Mono<Void> rollbackToSavepoint(String name);

    Mono<Void> releaseSavepoint(String name);

    /** For the transactions that follow. */
    Mono<Void> setIsolationLevel(IsolationLevel level);

    /** Only called outside of a transaction, with a new value. */
    Mono<Void> setAutoCommit(boolean autoCommit);

    /** How long to wait for a lock. */
    Mono<Void> setLockWaitTimeout(Duration timeout);

    /** Whether a transaction is open, begun by {@link #begin} or by a statement. Known without asking the server. */
    boolean inTransaction();

    /** The mode outside of transactions. Known without asking the server. */
    boolean isAutoCommit();

    /** Known without asking the server. */
    IsolationLevel isolationLevel();
}
