package io.weir.tdengine.session;

import io.weir.core.ResultPart;
import io.weir.tdengine.type.StatementField;
import io.weir.tdengine.type.TableBatch;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A statement that the server has prepared. It does one thing at a time. */
public interface Prepared {

    /** Whether it writes. */
    boolean isInsert();

    /** How many placeholders it has. */
    int count();

    /** The placeholders of a write, in their order; empty for a query. */
    List<StatementField> fields();

    /** Whether it can be used once more. */
    boolean isUsable();

    /** Writes rows, and tells how many the server has counted. */
    Mono<Long> write(List<TableBatch> tables, Duration limit);

    /** The rows of a query. The result has to be read to its end before the statement can do anything else. */
    Flux<ResultPart> query(TableBatch values, Duration timeout);

    /** Closes it. Never fails. */
    Mono<Void> close();
}
