package io.weir.r2dbc;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** What a connection and everything made from it share: the session, the clock, whether it is closed, what is running. */
final class ConnectionScope {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final DriverSession session;
    private final ConnectionSettings settings;
    private final Scheduler clock;
    private final Set<Conversation> running = ConcurrentHashMap.newKeySet();
    private volatile Duration statementTimeout;
    private final AtomicBoolean closed = new AtomicBoolean();

    ConnectionScope(DriverSession session, ConnectionSettings settings, Scheduler clock) {
        this.session = session;
        this.settings = settings;
        this.clock = clock;
        this.statementTimeout = settings.statementTimeout();
    }

    DriverSession session() {
        return session;
    }

    ConnectionSettings settings() {
        return settings;
    }

    Scheduler clock() {
        return clock;
    }

    Duration statementTimeout() {
        return statementTimeout;
    }

    void statementTimeout(Duration limit) {
        statementTimeout = limit;
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Says so once: true only for the first call. */
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    IllegalStateException closedError() {
        return new IllegalStateException("This connection to " + session.endpoint() + " (" + session.id()
                + ") is closed: get another one from the connection factory");
    }

    void checkOpen() {
        if (isClosed()) {
            throw closedError();
        }
    }

    void opened(Conversation conversation) {
        running.add(conversation);
        // A close that looked before the line above has not seen it.
        if (isClosed()) {
            conversation.stop(closedError());
        }
    }

    void ended(Conversation conversation) {
        running.remove(conversation);
    }

    /** Stops what is still running or unread. */
    void stopAll(Throwable reason) {
        running.forEach(conversation -> conversation.stop(reason));
    }

    /** Runs a task later, but for a clock that was stopped: then the program is ending, and nothing is limited any more. */
    Disposable after(Duration time, Runnable task) {
        try {
            return clock.schedule(task, toNanos(time), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return Disposables.disposed();
        }
    }

    /** Three centuries of nanoseconds do not fit into a long. */
    private static long toNanos(Duration time) {
        return time.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : time.toNanos();
    }

    Disposable unreadTimer(LiveParts parts) {
        return after(settings.unreadResultTimeout(), parts::abandon);
    }

    IllegalStateException unreadInTime() {
        return new IllegalStateException("This result was held for "
                + settings.unreadResultTimeout().toSeconds()
                + " s and nobody read it, so its rows were released and its"
                + " statement was stopped: read a result as soon as it comes, or raise the limit");
    }

    /** An error of our own making about this connection. */
    WeirException.Builder error(ErrorKind kind, String message) {
        return WeirException.of(kind, message).endpoint(session.endpoint()).connection(session.id());
    }
}
