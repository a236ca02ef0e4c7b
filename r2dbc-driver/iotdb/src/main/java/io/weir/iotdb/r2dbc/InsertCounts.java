package io.weir.iotdb.r2dbc;

import io.weir.core.ResultPart;
import io.weir.core.ResultPart.Count;
import io.weir.core.ResultPart.End;
import io.weir.core.ResultPart.Failure;
import io.weir.core.WeirException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Makes the answers to INSERT statements into one result for each binding, with the count that the server does not tell. */
final class InsertCounts {

    /**
     * A statement that was sent.
     *
     * @param bindings how many executions it stands for
     * @param rows how many rows each of them inserts
     */
    record Sent(int bindings, int rows) {}

    private final List<Sent> statements;
    private int current;
    private @Nullable Failure refusal;

    private InsertCounts(List<Sent> statements) {
        this.statements = statements;
    }

    /** The parts that the statements answer, in order; an INSERT answers no pages, so nothing here could lose one. */
    static Flux<ResultPart> count(Flux<ResultPart> parts, List<Sent> statements) {
        return Flux.defer(() -> {
            InsertCounts counts = new InsertCounts(statements);
            return parts.concatMapIterable(counts::translate, 1);
        });
    }

    private List<ResultPart> translate(ResultPart part) {
        if (part instanceof Failure failure) {
            refusal = failure;
            return List.of();
        }
        if (part != End.INSTANCE) {
            return List.of(part);
        }
        Sent sent = statements.get(current++);
        ResultPart outcome = refusal == null ? new Count(sent.rows()) : explain(refusal, sent);
        refusal = null;
        List<ResultPart> results = new ArrayList<>(2 * sent.bindings());
        for (int i = 0; i < sent.bindings(); i++) {
            results.add(outcome);
            results.add(End.INSTANCE);
        }
        return results;
    }

    /** The server names no row, and it writes those that it can: whoever sent many has to know that. */
    private static Failure explain(Failure refusal, Sent sent) {
        if (sent.bindings() == 1) {
            return refusal;
        }
        WeirException error = refusal.error();
        return new Failure(error.toBuilder()
                .message(error.getMessage() + " (one of " + sent.bindings()
                        + " bindings that were sent in one statement; the server may have written some of them)")
                .build());
    }
}
