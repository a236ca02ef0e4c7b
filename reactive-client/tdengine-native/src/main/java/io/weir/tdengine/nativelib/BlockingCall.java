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

/** One call that may block, for one subscriber. Belongs to the holding's event loop, but for the call itself. */
final class BlockingCall<T> {

    /** More than that wait only where the server answers nothing at all. */
    private static final int MOST_WAITING = 10_000;

    /**
     * What is called.
     *
     * @param what for errors
     * @param limit of the wait; zero: none
     * @param arrived hears of every outcome, on the loop
     * @param late hears of one that nobody waits for any longer
     */
    record Task<T>(
            String what, Duration limit, Callable<T> blocking, Consumer<? super T> arrived, Consumer<? super T> late) {}

    private final Holding holding;
    private final Task<T> task;
    private final Consumer<Runnable> threads;
    private final MonoSink<T> sink;

    private @Nullable Disposable alarm;
    private volatile boolean begun;
    private volatile boolean over;

    BlockingCall(Holding holding, Task<T> task, Consumer<Runnable> threads, MonoSink<T> sink) {
        this.holding = holding;
        this.task = task;
        this.threads = threads;
        this.sink = sink;
    }

    void start() {
        sink.onCancel(() -> holding.loop().run(() -> finish()));
        holding.loop().run(this::begin);
    }

    private void begin() {
        if (over) {
            return;
        }
        Workers workers = holding.source().workers();
        if (workers.waiting() >= MOST_WAITING) {
            over = true;
            sink.error(holding.located(WeirException.of(
                            ErrorKind.OVERLOAD,
                            workers.waiting() + " calls wait for the threads of the vendor's library (option"
                                    + " nativeThreads="
                                    + holding.source().settings().threads()
                                    + "): ask for less at once, or raise it")
                    .sent(Sent.NO)
                    .build()));
            return;
        }
        if (!holding.hold()) {
            over = true;
            sink.error(holding.closedBefore());
            return;
        }
        if (!task.limit().isZero()) {
            alarm = holding.loop().after(task.limit(), this::outOfTime);
        }
        threads.accept(this::work);
    }

    /** On a thread that may block. */
    private void work() {
        if (over) {
            holding.loop().later(holding::release);
            return;
        }
        begun = true;
        try {
            T value = task.blocking().call();
            holding.loop().later(() -> succeeded(value));
        } catch (Exception | LinkageError e) {
            holding.loop().later(() -> failed(e));
        }
    }

    private void succeeded(T value) {
        task.arrived().accept(value);
        if (finish()) {
            sink.success(value);
        } else {
            task.late().accept(value);
        }
        holding.release();
    }

    private void failed(Throwable error) {
        if (finish()) {
            WeirException known = Errors.known(task.what(), error);
            holding.refused(known);
            sink.error(error instanceof IllegalArgumentException wrongValue ? wrongValue : holding.located(known));
        }
        holding.release();
    }

    private void outOfTime() {
        if (finish()) {
            sink.error(holding.located(Errors.timeout(task.what(), task.limit(), begun ? Sent.MAYBE : Sent.NO)));
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
