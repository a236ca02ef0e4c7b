package io.weir.r2dbc;

import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.page.Inlet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Splits the parts that a command answers into results.
 *
 * <p>Counts and errors are collected up to the end mark and handed out as a result that is finished, so that whoever does
 * not read the result of an UPDATE holds nothing up. A result with rows is handed out with its first page and stays
 * live: its further parts flow when its reader asks.
 *
 * <p>Everything below happens in one loop, whichever threads the signals come from ({@code wip} counts them). The loop
 * asks for one part at a time, through an {@link Inlet}. A cancel of the outer subscription alone does not stop the command
 * while a result is live: {@code Mono.from(execute())} cancels before it even hands the result on. Why not standard
 * operators: they ask ahead of demand, and lose pages when they are cancelled from another thread.
 */
final class Conversation implements Inlet.Loop<ResultPart>, Subscription {

    private final CoreSubscriber<? super WeirResult> outer;
    private final Execution execution;
    private final ConnectionScope scope;

    /* One from the start: whatever happens during start() waits until it has ended. */
    private final AtomicInteger wip = new AtomicInteger(1);
    private final AtomicLong requested = new AtomicLong();
    private volatile boolean cancelled;
    private final Inlet<ResultPart> inlet = new Inlet<>(this);
    private final AtomicReference<@Nullable Throwable> stopped = new AtomicReference<>();

    /* Owned by the loop. */
    private final List<ResultPart> collected = new ArrayList<>(1);
    private @Nullable LiveParts live;
    private int ordinal;
    private boolean over;
    private boolean left;
    private @Nullable Throwable ending;
    private @Nullable Disposable timer;

    Conversation(CoreSubscriber<? super WeirResult> outer, Execution execution, ConnectionScope scope) {
        this.outer = outer;
        this.execution = execution;
        this.scope = scope;
    }

    /** Hands out the outer subscription and runs the command, unless it is cancelled on the spot. */
    void start() {
        outer.onSubscribe(this);
        if (!cancelled) {
            scope.opened(this);
            timer = execution.startTimer(this);
            try {
                execution.parts().subscribe(inlet);
            } catch (RuntimeException e) {
                inlet.onError(e);
            }
        }
        loop();
    }

    @Override
    public Context currentContext() {
        return outer.currentContext();
    }

    @Override
    public void subscribed() {
        drain();
    }

    @Override
    public void unasked(ResultPart part) {
        release(part);
        stop(new IllegalStateException("The session sent a part that nobody had asked for: " + part));
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            requested.accumulateAndGet(n, Operators::addCap);
            drain();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        drain();
    }

    /** Ends it all: the command is cancelled, whoever reads gets this error. From any thread; the first one counts. */
    void stop(Throwable reason) {
        if (stopped.compareAndSet(null, reason)) {
            drain();
        }
    }

    IllegalStateException unreadInTime() {
        return scope.unreadInTime();
    }

    @Override
    public void drain() {
        if (wip.getAndIncrement() == 0) {
            loop();
        }
    }

    private void loop() {
        Throwable thrown = null;
        int missed = 1;
        do {
            try {
                while (advance()) {
                    // One step at a time: each looks at the world anew.
                }
            } catch (Throwable t) {
                // Only a subscriber throws here, which it must not: it counts as cancelled.
                thrown = t;
                giveUp();
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
        if (thrown != null) {
            throw Exceptions.propagate(thrown);
        }
    }

    /** Takes one step; false if there is nothing to do until the next signal. */
    private boolean advance() {
        if (over) {
            return afterwards();
        }
        Throwable reason = stopped.get();
        if (reason != null) {
            return end(reason, true);
        }
        LiveParts result = live;
        if (result == null) {
            return betweenResults();
        }
        if (result.isCancelled()) {
            return skipRest();
        }
        CoreSubscriber<? super ResultPart> reader = result.reader();
        return reader != null && read(result, reader);
    }

    private boolean betweenResults() {
        if (cancelled) {
            return end(null, true);
        }
        boolean ended = inlet.isDone();
        ResultPart part = inlet.peek();
        if (part == null) {
            if (!ended) {
                return ask(requested.get() > 0);
            }
            if (inlet.failure() == null && !collected.isEmpty()) {
                return requested.get() > 0 && handOutCollected();
            }
            return end(lost(), false);
        }
        if (part instanceof Page page) {
            return page.size() == 0 ? skip(part) : handOut();
        }
        inlet.take();
        if (part == ResultPart.End.INSTANCE) {
            return handOutCollected();
        }
        collected.add(part);
        return true;
    }

    /** The page stays in the slot: it is the first thing that the reader will get. */
    private boolean handOut() {
        LiveParts parts = new LiveParts(this, execution.sql(ordinal), collected);
        collected.clear();
        live = parts;
        emit(new WeirResult(parts));
        if (parts.isUnread()) {
            parts.waitForReader(scope.unreadTimer(parts));
        }
        return true;
    }

    private boolean handOutCollected() {
        Parts parts = Parts.finished(List.copyOf(collected), execution.sql(ordinal));
        collected.clear();
        ordinal++;
        emit(new WeirResult(parts));
        return true;
    }

    private void emit(WeirResult result) {
        requested.updateAndGet(Parts::lessOne);
        outer.onNext(result);
    }

    private boolean read(LiveParts result, CoreSubscriber<? super ResultPart> reader) {
        if (result.hasBefore()) {
            if (!result.isAsked()) {
                return false;
            }
            ResultPart part = result.pollBefore();
            if (part != null) {
                result.emit(reader, part);
            }
            return true;
        }
        boolean ended = inlet.isDone();
        ResultPart part = inlet.peek();
        if (part == null && !ended) {
            return ask(result.isAsked());
        }
        if (part == null || part == ResultPart.End.INSTANCE) {
            inlet.take();
            Throwable reason = part == null ? lost() : null;
            closeResult();
            if (reason == null) {
                reader.onComplete();
            } else {
                reader.onError(reason);
            }
            return true;
        }
        if (!result.isAsked()) {
            return false;
        }
        inlet.take();
        result.emit(reader, part);
        return true;
    }

    /** Nobody wants the rest of this result. If the outer is gone too the command is stopped, else the next result may come. */
    private boolean skipRest() {
        if (cancelled) {
            return end(null, true);
        }
        boolean ended = inlet.isDone();
        ResultPart part = inlet.peek();
        if (part == null) {
            if (!ended) {
                // One part per turn: often the outer is cancelled right after the inner, and then nothing more is
                // fetched.
                return ask(true);
            }
            closeResult();
            return true;
        }
        if (part == ResultPart.End.INSTANCE) {
            closeResult();
        }
        return skip(part);
    }

    private @Nullable Throwable lost() {
        Throwable reason = inlet.failure();
        return reason == null ? null : Errors.translate(reason, execution.sql(ordinal));
    }

    private void closeResult() {
        live = null;
        ordinal++;
    }

    private boolean skip(ResultPart part) {
        inlet.take();
        release(part);
        return true;
    }

    /** Nothing can be done until the next part is there. */
    private boolean ask(boolean wanted) {
        if (wanted) {
            inlet.ask();
        }
        return false;
    }

    /** @param leave whether the command still runs and has to be cancelled */
    private boolean end(@Nullable Throwable reason, boolean leave) {
        close(leave);
        ending = reason;
        failReader();
        if (!cancelled) {
            if (reason == null) {
                outer.onComplete();
            } else {
                outer.onError(reason);
            }
        }
        return true;
    }

    private void giveUp() {
        cancelled = true;
        live = null;
        close(true);
        afterwards();
    }

    private void close(boolean leave) {
        over = true;
        left = left || !leave || inlet.isDone();
        Disposable clock = timer;
        if (clock != null) {
            clock.dispose();
        }
        scope.ended(this);
    }

    /** What may come once it is over: the upstream's subscription, a page in flight, a reader too late. */
    private boolean afterwards() {
        ResultPart part = inlet.peek();
        if (part != null) {
            skip(part);
        }
        if (!left && inlet.hasSource()) {
            left = true;
            inlet.cancel();
        }
        failReader();
        return false;
    }

    private void failReader() {
        LiveParts result = live;
        CoreSubscriber<? super ResultPart> reader = result == null ? null : result.reader();
        if (result != null && reader != null) {
            live = null;
            Throwable reason = ending;
            if (reason != null && !result.isCancelled()) {
                reader.onError(reason);
            }
        }
    }

    private static void release(ResultPart part) {
        if (part instanceof Page page) {
            page.close();
        }
    }
}
