package io.weir.iotdb;

import io.weir.core.WeirException;
import io.weir.iotdb.protocol.Status;
import io.weir.iotdb.session.WriteAnswer;
import io.weir.iotdb.type.TabletContent;
import reactor.core.publisher.Mono;

/** Statuses as results: which rows were written, which were not, and why. */
final class Answers {

    private Answers() {}

    static WriteResult ofTablet(WriteAnswer answer, TabletContent content, int tablet) {
        Status status = answer.status();
        if (status.isSuccess()) {
            return WriteResult.written(answer.count());
        }
        return WriteResult.refused(new WriteResult.Refusal(
                content.target(), tablet, content.row(answer.first()), answer.count(), status.toError()));
    }

    /** A result in which something was refused, as an error. */
    static Mono<WriteResult> wholeOrError(WriteResult result) {
        if (result.isComplete()) {
            return Mono.just(result);
        }
        WeirException first = result.refusals().get(0).error();
        IncompleteWriteException cause = new IncompleteWriteException(result);
        return Mono.error(first.toBuilder()
                .message(String.valueOf(cause.getMessage()))
                .cause(cause)
                .build());
    }
}
