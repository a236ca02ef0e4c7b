package io.weir.r2dbc;

import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.TransactionDefinition;
import reactor.core.publisher.Mono;

/** Transactions of a store that has them. */
public interface Transactions {

    /** Begins a transaction; auto-commit is off until it ends. */
    Mono<Void> begin(TransactionDefinition definition);

    Mono<Void> commit();

    Mono<Void> rollback();

    Mono<Void> createSavepoint(String name);

    Mono<Void> rollbackToSavepoint(String name);

    Mono<Void> releaseSavepoint(String name);

    Mono<Void> setIsolationLevel(IsolationLevel level);

    Mono<Void> setAutoCommit(boolean autoCommit);

    /** Known locally, without asking the server. */
    boolean isAutoCommit();

    /** Known locally, without asking the server. */
    IsolationLevel isolationLevel();
}
