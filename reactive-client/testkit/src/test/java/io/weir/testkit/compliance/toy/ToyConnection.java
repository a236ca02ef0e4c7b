package io.weir.testkit.compliance.toy;

import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionMetadata;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.TransactionDefinition;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A connection without transactions. */
final class ToyConnection implements Connection, Wrapped<Object> {

    private final ToyWire wire;
    private final ToyFault fault;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Sinks.Empty<Void> closing = Sinks.empty();
    private volatile Duration timeout = Duration.ZERO;

    ToyConnection(ToyWire wire, ToyFault fault) {
        this.wire = wire;
        this.fault = fault;
    }

    ToyWire wire() {
        return wire;
    }

    ToyFault fault() {
        return fault;
    }

    Duration timeout() {
        return fault == ToyFault.IGNORES_TIMEOUT ? Duration.ZERO : timeout;
    }

    /** Fails when the connection is closed or lost. */
    <T> Mono<T> end() {
        return Mono.firstWithSignal(
                wire.<T>lost(), closing.asMono().then(Mono.error(() -> new IllegalStateException("closed"))));
    }

    void checkOpen() {
        if (closed.get()) {
            throw new IllegalStateException("this connection is closed");
        }
    }

    static <T> T required(T argument) {
        if (argument == null) {
            throw new IllegalArgumentException("must not be null");
        }
        return argument;
    }

    @Override
    public Statement createStatement(String sql) {
        required(sql);
        checkOpen();
        return new ToyStatement(this, sql);
    }

    @Override
    public Batch createBatch() {
        checkOpen();
        List<String> statements = new ArrayList<>();
        return new Batch() {
            @Override
            public Batch add(String sql) {
                statements.add(required(sql));
                return this;
            }

            @Override
            public Flux<Result> execute() {
                return Flux.fromIterable(List.copyOf(statements))
                        .concatMap(sql -> new ToyStatement(ToyConnection.this, sql).execute());
            }
        };
    }

    @Override
    public ConnectionMetadata getMetadata() {
        return new ConnectionMetadata() {
            @Override
            public String getDatabaseProductName() {
                return "Toy";
            }

            @Override
            public String getDatabaseVersion() {
                return "1.0";
            }
        };
    }

    @Override
    public Mono<Void> beginTransaction() {
        return unsupported();
    }

    @Override
    public Mono<Void> beginTransaction(TransactionDefinition definition) {
        required(definition);
        return unsupported();
    }

    @Override
    public Mono<Void> commitTransaction() {
        return unsupported();
    }

    @Override
    public Mono<Void> rollbackTransaction() {
        return unsupported();
    }

    @Override
    public Mono<Void> createSavepoint(String name) {
        required(name);
        return unsupported();
    }

    @Override
    public Mono<Void> rollbackTransactionToSavepoint(String name) {
        required(name);
        return unsupported();
    }

    @Override
    public Mono<Void> releaseSavepoint(String name) {
        required(name);
        return open(Mono.empty());
    }

    @Override
    public Mono<Void> setAutoCommit(boolean autoCommit) {
        return autoCommit ? open(Mono.empty()) : unsupported();
    }

    @Override
    public boolean isAutoCommit() {
        return true;
    }

    @Override
    public IsolationLevel getTransactionIsolationLevel() {
        return IsolationLevel.valueOf("NONE");
    }

    @Override
    public Mono<Void> setTransactionIsolationLevel(IsolationLevel level) {
        required(level);
        return unsupported();
    }

    @Override
    public Mono<Void> setLockWaitTimeout(Duration timeout) {
        required(timeout);
        return unsupported();
    }

    @Override
    public Mono<Void> setStatementTimeout(Duration timeout) {
        required(timeout);
        return open(Mono.fromRunnable(() -> this.timeout = timeout));
    }

    @Override
    public Publisher<Boolean> validate(ValidationDepth depth) {
        required(depth);
        Mono<Boolean> asked = Mono.defer(() -> {
            if (closed.get() || !wire.isOpen()) {
                return fault == ToyFault.VALIDATE_ERRORS
                        ? Mono.error(new IllegalStateException("closed"))
                        : Mono.just(false);
            }
            return depth == ValidationDepth.LOCAL
                    ? Mono.just(true)
                    : wire.call(ToyFrames.request('P', "", "", 0))
                            .map(reply -> true)
                            .timeout(Duration.ofSeconds(2));
        });
        return fault == ToyFault.VALIDATE_ERRORS ? asked : asked.onErrorReturn(false);
    }

    @Override
    public Mono<Void> close() {
        return Mono.defer(() -> {
            if (closed.compareAndSet(false, true)) {
                closing.tryEmitEmpty();
                wire.close();
            } else if (fault == ToyFault.SECOND_CLOSE_FAILS) {
                return Mono.error(new IllegalStateException("closed already"));
            }
            return Mono.empty();
        });
    }

    @Override
    public Object unwrap() {
        return wire;
    }

    @Override
    public <E> E unwrap(Class<E> type) {
        return type.isInstance(this) ? type.cast(this) : type.isInstance(wire) ? type.cast(wire) : null;
    }

    private Mono<Void> unsupported() {
        return open(
                fault == ToyFault.PRETENDS_TRANSACTIONS
                        ? Mono.empty()
                        : Mono.error(() -> new UnsupportedOperationException("the toy has no transactions")));
    }

    private Mono<Void> open(Mono<Void> act) {
        return Mono.defer(() -> {
            checkOpen();
            return act;
        });
    }
}
