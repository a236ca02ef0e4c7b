package io.weir.r2dbc;

import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.TransactionDefinition;
import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.r2dbc.MemoryStore.Answer;
import io.weir.r2dbc.MemoryStore.Table;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A session of a {@link MemoryStore}, with transactions, savepoints, generated keys, several statements in one text. */
final class MemorySession implements DriverSession, Transactions {

    private static final SessionTraits TRAITS = new SessionTraits(
            "Memory", "1", SqlSyntax.STANDARD, Set.of(Integer.class, String.class, ByteBuffer.class), true, true, "");

    private final MemoryStore store;
    private final Map<String, Map<String, Table>> savepoints = new TreeMap<>();
    private final Sinks.Empty<Void> closing = Sinks.empty();
    private @Nullable Map<String, Table> uncommitted;
    private boolean autoCommit = true;
    private IsolationLevel level = IsolationLevel.READ_COMMITTED;
    private volatile boolean open = true;

    MemorySession(MemoryStore store) {
        this.store = store;
    }

    @Override
    public Flux<ResultPart> run(Command command) {
        if (command instanceof Command.Batch batch) {
            return Flux.fromIterable(batch.statements()).concatMap(sql -> one(sql, Binding.EMPTY, false), 1);
        }
        Command.Run run = (Command.Run) command;
        String sql = run.sql().replace(parameter -> "$" + parameter);
        return Flux.fromIterable(run.bindings())
                .concatMap(
                        binding -> Flux.fromArray(sql.split("; *", -1))
                                .concatMap(statement -> one(statement, binding, run.generatedColumns() != null), 1),
                        1);
    }

    private Flux<ResultPart> one(String sql, Binding binding, boolean generated) {
        return Flux.defer(() -> {
            List<ResultPart> parts = new ArrayList<>();
            try {
                Answer answer = execute(sql, binding, generated);
                if (answer.columns() != null) {
                    parts.add(MemoryPage.of(answer.columns(), answer.rows()));
                }
                if (answer.changed() >= 0) {
                    parts.add(new ResultPart.Count(answer.changed()));
                }
            } catch (WeirException e) {
                parts.add(new ResultPart.Failure(e));
            }
            parts.add(ResultPart.End.INSTANCE);
            return Flux.fromIterable(parts);
        });
    }

    private Answer execute(String sql, Binding binding, boolean generated) {
        if (uncommitted == null && !autoCommit) {
            uncommitted = MemoryStore.copy(store.committed());
        }
        Map<String, Table> tables = uncommitted == null ? MemoryStore.copy(store.committed()) : uncommitted;
        Answer answer = MemoryStore.run(sql, binding.values(), generated, tables);
        if (uncommitted == null) {
            store.commit(tables);
        }
        return answer;
    }

    @Override
    public Mono<Void> begin(TransactionDefinition definition) {
        return Mono.fromRunnable(() -> uncommitted = MemoryStore.copy(store.committed()));
    }

    @Override
    public Mono<Void> commit() {
        return Mono.fromRunnable(() -> {
            if (uncommitted != null) {
                store.commit(uncommitted);
            }
            uncommitted = null;
            savepoints.clear();
        });
    }

    @Override
    public Mono<Void> rollback() {
        return Mono.fromRunnable(() -> {
            uncommitted = null;
            savepoints.clear();
        });
    }

    @Override
    public Mono<Void> createSavepoint(String name) {
        return Mono.fromRunnable(() -> savepoints.put(name, MemoryStore.copy(tablesOfTransaction())));
    }

    @Override
    public Mono<Void> rollbackToSavepoint(String name) {
        return Mono.fromRunnable(() -> {
            Map<String, Table> then = savepoints.get(name);
            if (then == null) {
                throw WeirException.of(ErrorKind.BAD_REQUEST, "no such savepoint: " + name)
                        .build();
            }
            uncommitted = MemoryStore.copy(then);
        });
    }

    @Override
    public Mono<Void> releaseSavepoint(String name) {
        return Mono.fromRunnable(() -> savepoints.remove(name));
    }

    private Map<String, Table> tablesOfTransaction() {
        if (uncommitted == null) {
            throw new IllegalStateException("a savepoint outside of a transaction");
        }
        return uncommitted;
    }

    @Override
    public Mono<Void> setIsolationLevel(IsolationLevel level) {
        return Mono.fromRunnable(() -> this.level = level);
    }

    @Override
    public Mono<Void> setAutoCommit(boolean autoCommit) {
        return Mono.fromRunnable(() -> this.autoCommit = autoCommit);
    }

    @Override
    public Mono<Void> setLockWaitTimeout(Duration timeout) {
        return Mono.empty();
    }

    @Override
    public boolean inTransaction() {
        return uncommitted != null;
    }

    @Override
    public boolean isAutoCommit() {
        return autoCommit;
    }

    @Override
    public IsolationLevel isolationLevel() {
        return level;
    }

    @Override
    public SessionTraits traits() {
        return TRAITS;
    }

    @Override
    public String id() {
        return "m" + Integer.toHexString(System.identityHashCode(this));
    }

    @Override
    public String endpoint() {
        return "memory";
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public Transactions transactions() {
        return this;
    }

    @Override
    public Mono<Void> reset() {
        return Mono.empty();
    }

    @Override
    public Mono<Boolean> ping() {
        return Mono.fromSupplier(() -> open);
    }

    @Override
    public Mono<Void> close() {
        return Mono.fromRunnable(() -> {
            open = false;
            closing.tryEmitEmpty();
        });
    }

    @Override
    public Mono<Void> onClose() {
        return closing.asMono();
    }
}
