package io.weir.r2dbc;

import static io.weir.r2dbc.Arguments.required;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionMetadata;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Lifecycle;
import io.r2dbc.spi.TransactionDefinition;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import io.weir.core.WeirException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The one connection of all drivers, over the session that a system supplies. */
final class WeirConnection implements Connection, Lifecycle, Wrapped<DriverSession> {

    private final ConnectionScope scope;
    private final TransactionControl transactions;

    WeirConnection(ConnectionScope scope) {
        this.scope = scope;
        this.transactions = new TransactionControl(scope);
    }

    @Override
    public WeirStatement createStatement(String sql) {
        required(sql, "sql");
        scope.checkOpen();
        return new WeirStatement(
                scope, ParsedSql.of(sql, scope.session().traits().syntax()));
    }

    @Override
    public WeirBatch createBatch() {
        scope.checkOpen();
        return new WeirBatch(scope);
    }

    @Override
    public ConnectionMetadata getMetadata() {
        SessionTraits traits = scope.session().traits();
        return new Metadata(traits.product(), traits.version());
    }

    @Override
    public Mono<Void> beginTransaction() {
        return transactions.begin();
    }

    @Override
    public Mono<Void> beginTransaction(TransactionDefinition definition) {
        return transactions.begin(required(definition, "definition"));
    }

    @Override
    public Mono<Void> commitTransaction() {
        return transactions.commit();
    }

    @Override
    public Mono<Void> rollbackTransaction() {
        return transactions.rollback();
    }

    @Override
    public Mono<Void> createSavepoint(String name) {
        return transactions.createSavepoint(required(name, "name"));
    }

    @Override
    public Mono<Void> rollbackTransactionToSavepoint(String name) {
        return transactions.rollbackTo(required(name, "name"));
    }

    @Override
    public Mono<Void> releaseSavepoint(String name) {
        return transactions.release(required(name, "name"));
    }

    @Override
    public Mono<Void> setAutoCommit(boolean autoCommit) {
        return transactions.autoCommit(autoCommit);
    }

    @Override
    public boolean isAutoCommit() {
        return transactions.isAutoCommit();
    }

    @Override
    public Mono<Void> setTransactionIsolationLevel(IsolationLevel isolationLevel) {
        return transactions.isolationLevel(required(isolationLevel, "isolationLevel"));
    }

    /** {@code NONE} where the store has no transactions. */
    @Override
    public IsolationLevel getTransactionIsolationLevel() {
        return transactions.isolationLevel();
    }

    @Override
    public Mono<Void> setLockWaitTimeout(Duration timeout) {
        return transactions.lockWaitTimeout(required(timeout, "timeout"));
    }

    /**
     * Limits each statement executed from now on: its execution and the reading of all its results together, counted by
     * our clock from the subscription on. Then it is stopped on the server and fails with an
     * {@link io.r2dbc.spi.R2dbcTimeoutException}. Zero means no limit.
     */
    @Override
    public Mono<Void> setStatementTimeout(Duration timeout) {
        if (required(timeout, "timeout").isNegative()) {
            throw new IllegalArgumentException(
                    "The statement timeout is " + timeout + ": it must be zero (no limit) or more");
        }
        return Mono.fromRunnable(() -> {
            scope.checkOpen();
            scope.statementTimeout(timeout);
        });
    }

    /** True or false within the time set for it, never an error. */
    @Override
    public Mono<Boolean> validate(ValidationDepth depth) {
        required(depth, "depth");
        return Mono.defer(() -> {
                    if (scope.isClosed() || !scope.session().isOpen()) {
                        return Mono.just(false);
                    }
                    return depth == ValidationDepth.LOCAL
                            ? Mono.just(true)
                            : scope.session().ping().timeout(scope.settings().validationTimeout(), scope.clock());
                })
                .onErrorReturn(false)
                .defaultIfEmpty(false);
    }

    /** Stops what still runs, ends results that nobody has read, closes the session. Closing again completes as well. */
    @Override
    public Mono<Void> close() {
        return Mono.defer(() -> {
            if (scope.close()) {
                scope.stopAll(scope.closedError());
            }
            return scope.session().close().onErrorMap(WeirException.class, e -> Errors.of(e, null));
        });
    }

    @Override
    public Mono<Void> postAllocate() {
        return Mono.empty();
    }

    /** Makes the session as good as new for the next borrower: nothing running, no transaction, all settings as they were. */
    @Override
    public Mono<Void> preRelease() {
        return Mono.defer(() -> {
            if (scope.isClosed()) {
                return Mono.empty();
            }
            scope.stopAll(new IllegalStateException(
                    "This connection was given back to its pool while a result was still being read"));
            scope.statementTimeout(scope.settings().statementTimeout());
            return transactions
                    .reset()
                    .then(Mono.defer(() -> scope.session().reset()))
                    .onErrorMap(WeirException.class, e -> Errors.of(e, null));
        });
    }

    @Override
    public DriverSession unwrap() {
        return scope.session();
    }

    /** Reaches the driver's session, the system's own session behind it, and the event loop on which it lives. */
    @Override
    public <E> @Nullable E unwrap(Class<E> targetClass) {
        required(targetClass, "targetClass");
        DriverSession session = scope.session();
        Object inner = session.unwrap();
        for (Object layer : new @Nullable Object[] {this, session, inner, session.scheduler()}) {
            if (targetClass.isInstance(layer)) {
                return targetClass.cast(layer);
            }
        }
        return inner instanceof Wrapped<?> wrapped ? wrapped.unwrap(targetClass) : null;
    }

    @Override
    public String toString() {
        DriverSession session = scope.session();
        return "connection " + session.id() + " to " + session.traits().product() + " at " + session.endpoint();
    }

    private record Metadata(String getDatabaseProductName, String getDatabaseVersion) implements ConnectionMetadata {}
}
