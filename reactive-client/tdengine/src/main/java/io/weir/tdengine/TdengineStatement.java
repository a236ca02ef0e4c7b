package io.weir.tdengine;

import io.weir.core.ResultPart;
import io.weir.tdengine.protocol.QueryValues;
import io.weir.tdengine.session.Prepared;
import io.weir.tdengine.type.StatementField;
import io.weir.tdengine.type.TableBatch;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A prepared statement of a session. It does one thing at a time: the next write or query is asked for when the last one
 * has ended. A refusal or a cancel in the middle of its work leaves it unusable, see {@link #isUsable}.
 */
public final class TdengineStatement {

    private final Prepared statement;

    TdengineStatement(Prepared statement) {
        this.statement = statement;
    }

    /** Whether it writes. */
    public boolean isInsert() {
        return statement.isInsert();
    }

    /** How many placeholders it has. */
    public int count() {
        return statement.count();
    }

    /** The placeholders of a write, in their order; empty for a query, whose values bring types of their own. */
    public List<StatementField> fields() {
        return statement.fields();
    }

    /** An empty batch of rows for this statement. */
    public TableBatch batch() {
        return TableBatch.of(statement.fields());
    }

    /**
     * Writes rows, for one table or many, and tells how many the server has counted. Written at most once: an error says
     * whether it may have been ({@link io.weir.core.WeirException#sent}), and nothing is repeated.
     */
    public Mono<Long> write(TableBatch... tables) {
        return statement.write(List.of(tables), Duration.ZERO);
    }

    /**
     * The same with a limit of time.
     *
     * @param timeout zero means none
     */
    public Mono<Long> write(List<TableBatch> tables, Duration timeout) {
        return statement.write(List.copyOf(tables), timeout);
    }

    /**
     * Runs a prepared query. What comes is that of {@link TdengineQueries#run}.
     *
     * @param values one for each placeholder
     * @param timeout for execution and reading together; zero means none
     */
    public Flux<ResultPart> query(List<? extends @Nullable Object> values, Duration timeout) {
        return Flux.defer(() -> statement.query(QueryValues.of(values), timeout));
    }

    /** The same without a limit of time. */
    public Flux<ResultPart> query(@Nullable Object... values) {
        return query(Arrays.asList(values), Duration.ZERO);
    }

    /** Whether it can be used once more: neither closed, nor refused, nor cancelled in the middle of its work. */
    public boolean isUsable() {
        return statement.isUsable();
    }

    /** Closes it on the server. Never fails. */
    public Mono<Void> close() {
        return statement.close();
    }

    @Override
    public String toString() {
        return statement.toString();
    }
}
