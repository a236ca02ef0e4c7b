package io.weir.iotdb.session;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * The time of one statement. The limit covers execution and reading, by our clock. The server has a limit too, and answers
 * past it with an error or, now and then, as if the rows had ended; so what comes after that moment is looked at twice.
 */
final class StatementTime {

    private final Rpc rpc;
    private final LongSupplier nanoTime;
    private final StatementSpec spec;
    private long writtenAt;
    private @Nullable Disposable timer;

    StatementTime(WireSession session, StatementSpec spec) {
        this.rpc = session.rpc();
        this.nanoTime = session.settings().nanoTime();
        this.spec = spec;
    }

    /** The first call is being written. */
    void begin() {
        writtenAt = nanoTime.getAsLong();
    }

    /** For the reading of rows; the first call has the wire's own limit. */
    void alarm(Runnable task) {
        if (!spec.timeout().isZero()) {
            Duration left = spec.timeout().minusNanos(elapsed());
            timer = rpc.wire().schedule(task, left.isNegative() ? Duration.ZERO : left);
        }
    }

    void end() {
        if (timer != null) {
            timer.dispose();
        }
    }

    /** Whether the server may have ended the query on its own. */
    boolean isPastTheServers() {
        return elapsed() >= spec.serverTimeout().toNanos();
    }

    private long elapsed() {
        return nanoTime.getAsLong() - writtenAt;
    }

    /** Our limit is reached. */
    WeirException over(boolean readerHeldBack) {
        return timeout("The statement and the reading of its rows took longer than its limit of " + spec.timeout()
                        + (readerHeldBack ? "; the reader held back" : ""))
                .build();
    }

    /** The server's rows ended without a word when its time had passed. */
    WeirException silentEnd() {
        return timeout("The rows ended after " + Duration.ofNanos(elapsed()).toSeconds()
                        + " s, when the time that the server was given for this query had passed: some may be missing")
                .build();
    }

    /** A refusal; the server has several ways to say that the time is over. */
    WeirException refusal(WeirException error) {
        if (!isPastTheServers() || error.kind() == ErrorKind.TIMEOUT) {
            return error;
        }
        return timeout(error.getMessage() + " (after the time that the server was given)")
                .code(error.code())
                .build();
    }

    private WeirException.Builder timeout(String text) {
        return rpc
                .located(WeirException.of(ErrorKind.TIMEOUT, text)
                        .sent(WeirException.Sent.ANSWERED)
                        .build())
                .toBuilder();
    }
}
