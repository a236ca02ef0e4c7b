package io.weir.tdengine.nativelib;

import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.MonoSink;

/** One execution of a prepared write, for one subscriber. On the loop. */
final class PreparedWrite {

    /** Hears of the end of the work, and whether the statement is as good as before. */
    interface Ended {
        void ended(boolean good);
    }

    private final NativeSession session;
    private final MonoSink<Long> sink;
    private final Duration limit;
    private final Runnable spoil;
    private @Nullable Disposable alarm;
    private boolean over;

    PreparedWrite(NativeSession session, MonoSink<Long> sink, Duration limit, Runnable spoil) {
        this.session = session;
        this.sink = sink;
        this.limit = limit;
        this.spoil = spoil;
    }

    void start(Consumer<StatementHandle.Executed> work, Ended ended) {
        if (!limit.isZero()) {
            alarm = session.holding()
                    .loop()
                    .after(
                            limit,
                            () -> lost(session.holding().located(Errors.timeout("Writing rows", limit, Sent.MAYBE))));
        }
        sink.onCancel(() -> session.holding().loop().run(() -> {
            if (finish()) {
                spoil.run();
            }
        }));
        work.accept((result, error) -> {
            long rows = result == null ? 0 : session.holding().library().affectedRows(result);
            boolean waited = finish();
            // First of all, so that who hears of it finds the statement free.
            ended.ended(waited && error == null);
            if (!waited) {
                return;
            }
            if (error == null) {
                sink.success(rows);
            } else {
                session.holding().refused(error);
                sink.error(session.holding().located(error));
            }
        });
    }

    /** Nobody waits any longer; the library goes on. */
    void lost(WeirException error) {
        if (finish()) {
            spoil.run();
            sink.error(error);
        }
    }

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
