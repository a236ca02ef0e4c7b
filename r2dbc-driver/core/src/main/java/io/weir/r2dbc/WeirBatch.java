package io.weir.r2dbc;

import static io.weir.r2dbc.Arguments.required;

import io.r2dbc.spi.Batch;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/** Statements without values, run in order, one result each. */
final class WeirBatch implements Batch {

    private final ConnectionScope scope;
    private final List<String> statements = new ArrayList<>();

    WeirBatch(ConnectionScope scope) {
        this.scope = scope;
    }

    @Override
    public WeirBatch add(String sql) {
        statements.add(required(sql, "sql"));
        return this;
    }

    /** An empty batch has no results. */
    @Override
    public Flux<WeirResult> execute() {
        if (statements.isEmpty()) {
            return Flux.empty();
        }
        return new Execution(
                scope, new Command.Batch(statements, scope.settings().fetchSize(), scope.statementTimeout()), false);
    }
}
