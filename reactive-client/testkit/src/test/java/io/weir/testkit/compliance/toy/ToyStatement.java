package io.weir.testkit.compliance.toy;

import static io.weir.testkit.compliance.toy.ToyConnection.required;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.weir.testkit.compliance.toy.ToyFrames.Reply;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Binds by position, and renders the values into the text. */
final class ToyStatement implements Statement {

    private static final int PAGE = 100;
    private static final Object UNBOUND = new Object();

    private final ToyConnection connection;
    private final String[] pieces;
    private final List<Object[]> saved = new ArrayList<>();
    private Object[] values;
    private int fetch = PAGE;

    ToyStatement(ToyConnection connection, String sql) {
        this.connection = connection;
        this.pieces = sql.split("\\?", -1);
        this.values = unbound();
    }

    @Override
    public Statement add() {
        checkComplete();
        saved.add(values);
        values = unbound();
        return this;
    }

    @Override
    public Statement bind(int index, Object value) {
        Object plain = required(value) instanceof Parameter parameter ? parameter.getValue() : value;
        boolean known = plain == null
                || plain instanceof Integer
                || plain instanceof String
                || plain instanceof ByteBuffer
                || plain instanceof Blob
                || plain instanceof Clob;
        if (!known) {
            throw new IllegalArgumentException("can not bind a " + plain.getClass());
        }
        if (index < 0 || index >= values.length) {
            throw new IndexOutOfBoundsException("no placeholder " + index);
        }
        values[index] = plain == null ? ToyFrames.NULL : plain;
        return this;
    }

    @Override
    public Statement bind(String name, Object value) {
        required(name);
        required(value);
        throw new NoSuchElementException("placeholders have no names here: " + name);
    }

    @Override
    public Statement bindNull(int index, Class<?> type) {
        required(type);
        values[index] = ToyFrames.NULL;
        return this;
    }

    @Override
    public Statement bindNull(String name, Class<?> type) {
        return bind(name, required(type));
    }

    @Override
    public Statement returnGeneratedValues(String... columns) {
        for (String column : required(columns)) {
            required(column);
        }
        return this;
    }

    @Override
    public Statement fetchSize(int rows) {
        fetch = rows > 0 ? rows : PAGE;
        return this;
    }

    @Override
    public Flux<Result> execute() {
        connection.checkOpen();
        List<Object[]> executions = new ArrayList<>(saved);
        checkComplete();
        executions.add(values);
        return Flux.fromIterable(executions).concatMap(this::render).concatMap(this::run, 1);
    }

    private Mono<Result> run(String sql) {
        return Mono.defer(() -> {
            connection.checkOpen();
            Mono<Object> over = over();
            return connection
                    .wire()
                    .call(ToyFrames.request('X', sql, "", fetch))
                    .takeUntilOther(connection.<Reply>end())
                    .takeUntilOther(over)
                    .map(reply -> new ToyResult(sql, reply, connection, fetch, over));
        });
    }

    /** The statement's deadline, which begins now for execution and consumption together. */
    private Mono<Object> over() {
        Duration timeout = connection.timeout();
        if (timeout.isZero()) {
            return Mono.never();
        }
        Mono<Object> over = Mono.delay(timeout)
                .then(Mono.error(() -> new R2dbcTimeoutException("the statement took longer than " + timeout)))
                .cache();
        over.subscribe(value -> {}, expected -> {});
        return over;
    }

    private Mono<String> render(Object[] bound) {
        return Flux.fromArray(bound)
                .concatMap(ToyStatement::literal)
                .collectList()
                .map(literals -> {
                    StringBuilder sql = new StringBuilder(pieces[0]);
                    for (int i = 0; i < literals.size(); i++) {
                        sql.append(literals.get(i)).append(pieces[i + 1]);
                    }
                    return sql.toString();
                });
    }

    private static Mono<String> literal(Object value) {
        if (value instanceof Blob blob) {
            return Flux.from(blob.stream()).single().flatMap(ToyStatement::literal);
        }
        if (value instanceof Clob clob) {
            return Flux.from(clob.stream())
                    .reduce(new StringBuilder(), StringBuilder::append)
                    .map(text -> "'" + text + "'");
        }
        if (value instanceof ByteBuffer bytes) {
            return Mono.just("x'" + HexFormat.of().formatHex(ToyFrames.copy(bytes)) + "'");
        }
        if (value == ToyFrames.NULL) {
            return Mono.just("null");
        }
        return Mono.just(value instanceof String ? "'" + value + "'" : value.toString());
    }

    private void checkComplete() {
        for (Object value : values) {
            if (value == UNBOUND) {
                throw new IllegalStateException("not all placeholders are bound");
            }
        }
    }

    private Object[] unbound() {
        Object[] unbound = new Object[pieces.length - 1];
        Arrays.fill(unbound, UNBOUND);
        return unbound;
    }
}
