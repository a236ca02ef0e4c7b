package io.weir.r2dbc;

import static io.weir.r2dbc.Arguments.required;

import io.r2dbc.spi.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** A statement, its values and wishes. May be executed again; each subscription of what {@code execute} returns runs it. */
final class WeirStatement implements Statement {

    private final ConnectionScope scope;
    private final ParsedSql sql;
    private final StatementBindings bindings;
    private int fetchSize;
    private @Nullable List<String> generatedColumns;

    WeirStatement(ConnectionScope scope, ParsedSql sql) {
        this.scope = scope;
        this.sql = sql;
        this.bindings = new StatementBindings(sql, scope.session().traits());
        this.fetchSize = scope.settings().fetchSize();
    }

    @Override
    public WeirStatement add() {
        bindings.add();
        return this;
    }

    @Override
    public WeirStatement bind(int index, Object value) {
        bindings.bind(index, value);
        return this;
    }

    @Override
    public WeirStatement bind(String name, Object value) {
        bindings.bind(name, value);
        return this;
    }

    @Override
    public WeirStatement bindNull(int index, Class<?> type) {
        bindings.bindNull(index, type);
        return this;
    }

    @Override
    public WeirStatement bindNull(String name, Class<?> type) {
        bindings.bindNull(name, type);
        return this;
    }

    /** Without effect where the store has no generated values, as the SPI asks. */
    @Override
    public WeirStatement returnGeneratedValues(String... columns) {
        for (String column : required(columns, "columns")) {
            required(column, "column");
        }
        if (scope.session().traits().generatedValues()) {
            generatedColumns = List.of(columns);
        }
        return this;
    }

    /** How many rows to ask the store for at a time; 0 goes back to what the connection says. */
    @Override
    public WeirStatement fetchSize(int rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("The fetch size is " + rows + ": it must be 0 (no wish) or more");
        }
        fetchSize = rows == 0 ? scope.settings().fetchSize() : rows;
        return this;
    }

    @Override
    public Flux<WeirResult> execute() {
        List<Binding> all = bindings.take();
        return new Execution(
                scope,
                new Command.Run(sql, all, fetchSize, scope.statementTimeout(), generatedColumns),
                bindings.hasLobs());
    }

    @Override
    public String toString() {
        return sql.text();
    }
}
