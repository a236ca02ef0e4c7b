package io.weir.iotdb;

import io.weir.core.WeirException;
import io.weir.core.wire.Deadline;
import io.weir.iotdb.protocol.ExecuteBatch;
import io.weir.iotdb.protocol.Status;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.type.StatementOutcome;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/** Statements that travel in one request: what became of each of them. */
final class Batches {

    private static final int MOST_NAMED = 10;

    private Batches() {}

    static Mono<List<StatementOutcome>> run(WireSession session, List<String> statements, Deadline deadline) {
        if (statements.isEmpty()) {
            return Mono.just(List.of());
        }
        return session.ask(id -> new ExecuteBatch(id, statements), deadline)
                .flatMap(status -> outcomes(session, status, statements.size()));
    }

    private static Mono<List<StatementOutcome>> outcomes(WireSession session, Status status, int size) {
        if (status.subStatus().size() != size) {
            return status.isSuccess()
                    ? Mono.just(IntStream.range(0, size)
                            .mapToObj(i -> new StatementOutcome(i, null))
                            .toList())
                    : Mono.error(session.located(status.toError()));
        }
        return Mono.just(IntStream.range(0, size)
                .mapToObj(i -> outcome(session, status.subStatus().get(i), i))
                .toList());
    }

    private static StatementOutcome outcome(WireSession session, Status part, int index) {
        return new StatementOutcome(index, part.isSuccess() ? null : session.located(part.toError()));
    }

    /** Nothing, or the first refusal with the places of all others in its text. */
    static Mono<Void> allDone(List<StatementOutcome> outcomes) {
        List<StatementOutcome> refused =
                outcomes.stream().filter(one -> !one.isDone()).toList();
        if (refused.isEmpty()) {
            return Mono.empty();
        }
        WeirException first = refused.get(0).error();
        return first == null ? Mono.empty() : Mono.error(summary(first, refused, outcomes.size()));
    }

    private static WeirException summary(WeirException first, List<StatementOutcome> refused, int size) {
        StringBuilder text = new StringBuilder()
                .append(refused.size())
                .append(" of the ")
                .append(size)
                .append(" statements of a batch were refused, the others have run. Number ")
                .append(refused.get(0).index())
                .append(" (counted from 0): ")
                .append(first.getMessage());
        if (refused.size() > 1) {
            text.append("; also number ");
            text.append(refused.stream()
                    .skip(1)
                    .limit(MOST_NAMED)
                    .map(one -> String.valueOf(one.index()))
                    .collect(Collectors.joining(", ")));
            text.append(refused.size() - 1 > MOST_NAMED ? " …" : "");
        }
        return first.toBuilder().message(text.toString()).build();
    }
}
