package io.weir.tdengine.session;

import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.tdengine.protocol.BinaryRequests;
import io.weir.tdengine.protocol.FetchAnswer;
import io.weir.tdengine.protocol.JsonAnswer;
import io.weir.tdengine.protocol.JsonRequest;
import io.weir.tdengine.protocol.PreparedAnswer;
import io.weir.tdengine.protocol.QueryAnswer;
import io.weir.tdengine.type.ServerVersion;
import io.weir.tdengine.type.StatementField;
import io.weir.tdengine.type.TableBatch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A statement that the server has prepared. It does one thing at a time.
 *
 * <p>Whatever was refused, cancelled or ran out of time leaves the statement spoiled and closes it: what of the rows was
 * bound by then is the server's secret, and must not be written together with the next ones.
 */
final class PreparedSql implements Prepared {

    private static final int TRIES_TO_SEE_IT_FREED = 16;

    private enum State {
        FREE,
        AT_WORK,
        SPOILED,
        CLOSED
    }

    private final WireSession session;
    private final Rpc rpc;
    private final long id;
    private final String sql;
    private final PreparedAnswer prepared;
    private final boolean atOnce;
    private final AtomicReference<State> state = new AtomicReference<>(State.FREE);

    PreparedSql(WireSession session, long id, String sql, PreparedAnswer prepared) {
        this.session = session;
        this.rpc = session.rpc();
        this.id = id;
        this.sql = sql;
        this.prepared = prepared;
        this.atOnce = session.version().isAtLeast(ServerVersion.BIND_AND_EXECUTE);
    }

    @Override
    public boolean isInsert() {
        return prepared.insert();
    }

    @Override
    public int count() {
        return prepared.count();
    }

    @Override
    public List<StatementField> fields() {
        return prepared.fields();
    }

    @Override
    public boolean isUsable() {
        return state.get() == State.FREE && session.isOpen();
    }

    @Override
    public Mono<Long> write(List<TableBatch> tables, Duration limit) {
        return Mono.defer(() -> {
            if (tables.stream().allMatch(table -> table.rows() == 0)) {
                return Mono.just(0L);
            }
            return whileAtWork(execution(tables, limit))
                    .doOnSuccess(rows -> state.compareAndSet(State.AT_WORK, State.FREE))
                    .onErrorMap(WeirException.class, error -> WriteErrors.naming(error, tables));
        });
    }

    @Override
    public Flux<ResultPart> query(TableBatch values, Duration timeout) {
        return session.stream(
                new Opening() {
                    @Override
                    public Mono<QueryAnswer> open(Duration limit) {
                        return Mono.defer(() -> whileAtWork(execution(List.of(values), limit)
                                .then(rpc.json(
                                        JsonRequest.result(id),
                                        limit,
                                        answer -> rpc.opened(answer, QueryAnswer::ofResult),
                                        late -> closeOnceFreed(late.number("id"), TRIES_TO_SEE_IT_FREED)))));
                    }

                    @Override
                    public void over(boolean readToItsEnd, long resultId) {
                        if (readToItsEnd) {
                            state.compareAndSet(State.AT_WORK, State.FREE);
                        } else if (state.compareAndSet(State.AT_WORK, State.SPOILED)) {
                            closeOnceFreed(resultId, TRIES_TO_SEE_IT_FREED);
                        }
                    }
                },
                timeout);
    }

    /** Closes it. The server takes that for one that it has closed already as well. */
    @Override
    public Mono<Void> close() {
        return Mono.defer(() -> {
            State before = state.getAndSet(State.CLOSED);
            return before == State.CLOSED || !session.isOpen()
                    ? Mono.empty()
                    : rpc.command(JsonRequest.closeStatement(id), Duration.ofSeconds(10))
                            .onErrorComplete();
        });
    }

    private <T> Mono<T> whileAtWork(Mono<T> work) {
        if (!state.compareAndSet(State.FREE, State.AT_WORK)) {
            return Mono.error(unusable());
        }
        return work.doOnError(error -> spoil(error instanceof WeirException weir ? weir.sent() : null))
                // Its answer may still come, and is what closes it then.
                .doOnCancel(() -> state.compareAndSet(State.AT_WORK, State.SPOILED));
    }

    private void spoil(@Nullable Sent sent) {
        if (state.compareAndSet(State.AT_WORK, State.SPOILED) && sent == Sent.ANSWERED) {
            Preparation.close(rpc, id);
        }
    }

    /** Binds and runs: one request where the server has that, else two, of which the first has no effect by itself. */
    private Mono<Long> execution(List<TableBatch> tables, Duration limit) {
        List<StatementField> fields =
                prepared.fields().isEmpty() ? tables.get(0).fields() : prepared.fields();
        if (atOnce) {
            return rpc.binary(
                    "stmt2_bind_exec",
                    (out, request) -> BinaryRequests.bindAndExecute(out, request, id, fields, tables),
                    false,
                    limit,
                    answer -> answer.number("affected"),
                    this::answeredInVain);
        }
        Mono<Boolean> bound = rpc.binary(
                "stmt2_bind",
                (out, request) -> BinaryRequests.bind(out, request, id, tables),
                false,
                limit,
                answer -> true,
                this::answeredInVain);
        return bound.onErrorMap(WeirException.class, PreparedSql::notRun)
                .flatMap(done -> rpc.json(
                        JsonRequest.execute(id), limit, answer -> answer.number("affected"), this::answeredInVain));
    }

    private void answeredInVain(JsonAnswer answer) {
        Preparation.close(rpc, id);
    }

    /** Rows that were bound and not executed are not written. */
    private static WeirException notRun(WeirException error) {
        return error.sent() != Sent.MAYBE
                ? error
                : error.toBuilder()
                        .sent(Sent.NO)
                        .message(error.getMessage() + " It was to bind the rows, which has no effect before they are"
                                + " executed: none of them was written.")
                        .build();
    }

    /**
     * A result that was not read to its end has to be gone before its statement. Freeing is not answered and may be
     * overtaken, so fetches tell: the first one after it finds nothing.
     */
    private void closeOnceFreed(long resultId, int tries) {
        rpc.fetch(resultId, FetchAnswer::finished)
                .subscribe(
                        finished -> {
                            if (finished || tries == 0) {
                                Preparation.close(rpc, id);
                            } else {
                                closeOnceFreed(resultId, tries - 1);
                            }
                        },
                        lost -> {});
    }

    private WeirException unusable() {
        String why = switch (Objects.requireNonNull(state.get())) {
            case CLOSED -> "is closed";
            case SPOILED -> "was refused or cancelled in the middle of its work, and the server closes it";
            default -> "is at work: it does one thing at a time, wait for the end of the last one";
        };
        return rpc.located(WeirException.of(ErrorKind.BAD_REQUEST, "This prepared statement " + why + " (" + sql + ")")
                .sent(Sent.NO)
                .build());
    }

    @Override
    public String toString() {
        return "prepared " + sql;
    }
}
