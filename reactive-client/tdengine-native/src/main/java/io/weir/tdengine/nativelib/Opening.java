package io.weir.tdengine.nativelib;

import io.netty.channel.EventLoop;
import io.weir.core.Endpoint;
import io.weir.core.WeirException;
import io.weir.core.wire.Timers;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One attempt to get a session or a consumer from one host. It blocks, and can not be stopped: whoever has left by then has
 * what came of it closed.
 */
final class Opening<T> {

    /**
     * What is opened.
     *
     * @param what for errors
     * @param make makes it, or leaves nothing behind; may block
     * @param close closes what nobody wants
     */
    record Kind<T>(String what, Maker<T> make, Function<T, Mono<Void>> close) {}

    /** Makes something that works on that loop. */
    interface Maker<T> {
        T make(LoadedLibrary library, Endpoint endpoint, EventLoop loop);
    }

    private final NativeSource source;
    private final Kind<T> kind;
    private final Endpoint endpoint;
    private final Duration limit;
    private final MonoSink<T> sink;
    private final EventLoop loop;
    private final AtomicBoolean over = new AtomicBoolean();
    private @Nullable Disposable alarm;
    private volatile @Nullable T made;

    Opening(NativeSource source, Kind<T> kind, Endpoint endpoint, Duration limit, MonoSink<T> sink) {
        this.source = source;
        this.kind = kind;
        this.endpoint = endpoint;
        this.limit = limit;
        this.sink = sink;
        this.loop = source.loop();
    }

    void start() {
        // What comes of it is closed on one of the threads, whenever that is.
        if (!source.workers().keep()) {
            sink.error(located(Errors.closed("This client is closed: make another one")));
            return;
        }
        if (!limit.isZero()) {
            alarm = Timers.on(loop, limit.toNanos(), this::outOfTime);
        }
        sink.onDispose(() -> {
            if (alarm != null) {
                alarm.dispose();
            }
        });
        sink.onCancel(() -> {
            over.set(true);
            // Called at all, it means that nobody got what may be there already.
            close(made);
        });
        source.workers().execute(this::work);
    }

    private void close(@Nullable T unwanted) {
        if (unwanted != null) {
            kind.close().apply(unwanted).subscribe();
        }
    }

    private void outOfTime() {
        if (over.compareAndSet(false, true)) {
            sink.error(located(Errors.timeout(
                    "Loading TDengine's client library and " + kind.what() + " at " + endpoint,
                    limit,
                    WeirException.Sent.NO)));
        }
    }

    /** On a thread that may block. */
    private void work() {
        if (over.get()) {
            source.workers().letGo();
            return;
        }
        try {
            T fresh = kind.make().make(LoadedLibrary.of(source.settings()), endpoint, loop);
            made = fresh;
            if (over.compareAndSet(false, true)) {
                tell(() -> sink.success(fresh));
            } else {
                close(fresh);
            }
        } catch (RuntimeException | LinkageError e) {
            source.workers().letGo();
            if (over.compareAndSet(false, true)) {
                tell(() -> sink.error(located(Errors.known(kind.what(), e))));
            }
        }
    }

    private WeirException located(WeirException error) {
        return error.toBuilder()
                .system("tdengine")
                .endpoint(endpoint.toString())
                .build();
    }

    private void tell(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException loopHasEnded) {
            task.run();
        }
    }
}
