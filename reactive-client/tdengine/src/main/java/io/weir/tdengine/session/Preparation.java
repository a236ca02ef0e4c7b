package io.weir.tdengine.session;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.tdengine.protocol.JsonRequest;
import io.weir.tdengine.protocol.PreparedAnswer;
import io.weir.tdengine.protocol.SqlText;
import io.weir.tdengine.type.ServerVersion;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Makes a prepared statement: two requests, the second after the first. In every other ending it is closed again. */
final class Preparation {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Preparation() {}

    static Mono<Prepared> of(WireSession session, String sql) {
        if (!session.version().isAtLeast(ServerVersion.STATEMENTS)) {
            return Mono.error(() -> session.rpc()
                    .located(WeirException.of(
                                    ErrorKind.UNSUPPORTED,
                                    "The server is TDengine " + session.version() + ", and prepared statements need "
                                            + ServerVersion.STATEMENTS + ": put the values into the statement's text")
                            .sent(Sent.NO)
                            .build()));
        }
        Rpc rpc = session.rpc();
        Mono<Long> opened = rpc.json(
                JsonRequest.initStatement(),
                LIMIT,
                answer -> answer.number("stmt_id"),
                late -> close(rpc, late.number("stmt_id")));
        Mono<Prepared> prepared = opened.flatMap(id -> rpc.json(JsonRequest.prepare(id, sql), LIMIT, PreparedAnswer::of)
                .<Prepared>map(answer -> new PreparedSql(session, id, SqlText.mask(sql), answer))
                .doOnError(refused -> close(rpc, id))
                .doOnCancel(() -> close(rpc, id)));
        return prepared.onErrorMap(WeirException.class, Preparation::notRun);
    }

    private static WeirException notRun(WeirException error) {
        return error.sent() != Sent.MAYBE
                ? error
                : error.toBuilder()
                        .sent(Sent.NO)
                        .message(error.getMessage()
                                + " The statement was to be prepared, which has no effect: it was not" + " run.")
                        .build();
    }

    /** Ends a statement; nobody waits for the answer. */
    static void close(Rpc rpc, long statementId) {
        rpc.command(JsonRequest.closeStatement(statementId), Duration.ZERO).subscribe(nothing -> {}, lost -> {});
    }
}
