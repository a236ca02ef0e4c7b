package io.weir.r2dbc;

import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/** A command that can be run: each subscription runs it once and gets its results. */
final class Execution extends Flux<WeirResult> {

    private final ConnectionScope scope;
    private final Command command;
    private final boolean lobs;

    /** @param lobs whether large values are among those that are bound */
    Execution(ConnectionScope scope, Command command, boolean lobs) {
        this.scope = scope;
        this.command = command;
        this.lobs = lobs;
    }

    @Override
    public void subscribe(CoreSubscriber<? super WeirResult> subscriber) {
        if (scope.isClosed()) {
            Operators.error(subscriber, scope.closedError());
            return;
        }
        new Conversation(subscriber, this, scope).start();
    }

    /** Runs it. */
    Flux<ResultPart> parts() {
        DriverSession session = scope.session();
        QueryLog.SHARED.log(session.id(), command, scope.settings().logParameters());
        return lobs && command instanceof Command.Run run
                ? Lobs.collected(run).flatMapMany(session::run)
                : session.run(command);
    }

    /** The statement that the result of that position answers. */
    String sql(int ordinal) {
        if (command instanceof Command.Batch batch) {
            return batch.statements().get(Math.min(ordinal, batch.statements().size() - 1));
        }
        return ((Command.Run) command).sql().text();
    }

    /** The limit counts from now on; null if there is none. */
    @Nullable Disposable startTimer(Conversation conversation) {
        Duration limit = command.timeout();
        return limit.isZero() ? null : scope.after(limit, () -> conversation.stop(tookTooLong(limit)));
    }

    private Throwable tookTooLong(Duration limit) {
        return Errors.of(
                scope.error(
                                ErrorKind.TIMEOUT,
                                "The statement and the reading of its results took longer than " + limit.toMillis()
                                        + " ms, so it was stopped: raise the statement timeout, or ask for less")
                        .sent(Sent.MAYBE)
                        .build(),
                sql(0));
    }
}
