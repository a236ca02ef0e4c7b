package io.weir.tdengine.nativelib;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.MonoSink;

/** One call that may block, for one subscriber. Belongs to the session's event loop, but for the call itself. */
final class BlockingCall<T> {

    /** More than that wait only where the server answers nothing at all. */
    private static final int MOST_WAITING = 10_000;

    private final NativeSession session;
    private final String what;
    private final Duration limit;
    private final Callable<T> blocking;
    private final Consumer<? super T> arrived;
    private final Consumer<? super T> late;
    private final MonoSink<T> sink;

    private @Nullable Disposable alarm;
    private volatile boolean begun;
    private volatile boolean over;

    BlockingCall(
            NativeSession session,
            String what,
            Duration limit,
            Callable<T> blocking,
            Consumer<? super T> arrived,
            Consumer<? super T> late,
            MonoSink<T> sink) {
        this.session = session;
        this.what = what;
        this.limit = limit;
        this.blocking = blocking;
        this.arrived = arrived;
        this.late = late;
        this.sink = sink;
    }

    void start() {
        sink.onCancel(() -> session.loop().run(() -> finish()));
        session.loop().run(this::begin);
    }

    private void begin() {
        if (over) {
            return;
        }
        Workers workers = session.source().workers();
        if (workers.waiting() >= MOST_WAITING) {
            over = true;
            sink.error(session.located(WeirException.of(
                            ErrorKind.OVERLOAD,
                            workers.waiting() + " calls wait for the threads of the vendor's library (option"
                                    + " nativeThreads="
                                    + session.source().settings().threads()
                                    + "): ask for less at once, or raise it")
                    .sent(Sent.NO)
                    .build()));
            return;
        }
        if (!session.hold()) {
            over = true;
            sink.error(session.closedBefore());
            return;
        }
        if (!limit.isZero()) {
            alarm = session.loop().after(limit, this::outOfTime);
        }
        workers.execute(this::work);
    }

    /** On a thread that may block. */
    private void work() {
        if (over) {
            session.loop().later(session::release);
            return;
        }
        begun = true;
        try {
            T value = blocking.call();
            session.loop().later(() -> succeeded(value));
        } catch (Exception | LinkageError e) {
            session.loop().later(() -> failed(e));
        }
    }

    private void succeeded(T value) {
        arrived.accept(value);
        if (finish()) {
            sink.success(value);
        } else {
            late.accept(value);
        }
        session.release();
    }

    private void failed(Throwable error) {
        if (finish()) {
            WeirException known = Errors.known(what, error);
            session.refused(known);
            sink.error(error instanceof IllegalArgumentException wrongValue ? wrongValue : session.located(known));
        }
        session.release();
    }

    private void outOfTime() {
        if (finish()) {
            sink.error(session.located(Errors.timeout(what, limit, begun ? Sent.MAYBE : Sent.NO)));
        }
    }

    /** Whether the subscriber still waited. */
    private boolean finish() {
        if (over) {
            return false;
        }
        over = true;
        if (alarm != null) {
            alarm.dispose();
        }
        return true;
    }
}
