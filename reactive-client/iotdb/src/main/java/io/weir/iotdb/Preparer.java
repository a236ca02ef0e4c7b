package io.weir.iotdb;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.iotdb.protocol.DropPrepared;
import io.weir.iotdb.protocol.PrepareStatement;
import io.weir.iotdb.session.WireSession;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Has the server of one session prepare statements, and remembers if it can not. */
final class Preparer {

    private final WireSession session;
    private final AtomicLong names = new AtomicLong();
    private volatile @Nullable WeirException missing;

    Preparer(WireSession session) {
        this.session = session;
    }

    Mono<PreparedStatement> prepare(String sql) {
        return Mono.defer(() -> {
            WeirException known = missing;
            return known == null ? ask(sql, "weir_" + names.incrementAndGet()) : Mono.error(known);
        });
    }

    private Mono<PreparedStatement> ask(String sql, String name) {
        AtomicBoolean answered = new AtomicBoolean();
        return session.ask(sessionId -> new PrepareStatement(sessionId, sql, name), session.deadline(null))
                .onErrorMap(WeirException.class, this::explain)
                .doOnNext(reply -> answered.set(true))
                .doOnCancel(() -> left(name, answered.get()))
                .flatMap(reply -> reply.status().isSuccess()
                        ? Mono.just(new PreparedStatement(this, name, reply.parameters()))
                        : Mono.error(reply.status().toError()));
    }

    /** Who leaves before the answer never gets the statement. The server takes calls in order: it will have it by then. */
    private void left(String name, boolean answered) {
        if (!answered) {
            drop(name).subscribe(nothing -> {}, unknown -> {});
        }
    }

    private WeirException explain(WeirException error) {
        if (error.kind() != ErrorKind.UNSUPPORTED) {
            return error;
        }
        WeirException explained = error.toBuilder()
                .message("This server (" + session.server().version()
                        + ") does not prepare statements: put the values into the text, as literal(value) writes them")
                .build();
        missing = explained;
        return explained;
    }

    /** A session that is gone has taken its statements along. */
    Mono<Void> drop(String name) {
        return session.command(sessionId -> new DropPrepared(sessionId, name), session.deadline(null))
                .onErrorComplete(e -> e instanceof WeirException lost && lost.kind() == ErrorKind.CLOSED);
    }

    WireSession session() {
        return session;
    }
}
