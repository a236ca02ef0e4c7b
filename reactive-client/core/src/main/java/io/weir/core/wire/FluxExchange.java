package io.weir.core.wire;

import io.weir.core.Demand;
import io.weir.core.Page;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * An exchange whose answer flows to a subscriber. A frame is taken only while there is demand; the parts of one frame
 * for which there is no demand yet wait here, so at most one frame's parts are held.
 *
 * <p>Cancelling the subscription drains the answer; parts that nobody got are closed if they are pages and go to the
 * subscriber's discard hook otherwise.
 */
public abstract class FluxExchange<T> extends Exchange implements Subscription {

    @SuppressWarnings("rawtypes") // an updater takes the raw class
    private static final AtomicLongFieldUpdater<FluxExchange> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(FluxExchange.class, "requested");

    private volatile long requested;
    private volatile @Nullable Throwable misuse;
    private @Nullable CoreSubscriber<? super T> subscriber;

    // The rest belongs to the wire's event loop.
    private final ArrayDeque<T> parts = new ArrayDeque<>(2);
    private boolean complete;
    private @Nullable Throwable error;
    private boolean delivering;
    private boolean done;

    protected FluxExchange(String operation, Duration limit) {
        super(operation, limit);
    }

    /** Hands a part on, now or when it is asked for. Only from {@link #frame}. */
    protected final void emit(T part) {
        parts.add(part);
        deliver();
    }

    /** No more parts: completes once the parts that wait are taken. */
    protected final void complete() {
        complete = true;
        deliver();
    }

    /** The server has refused: fails once the parts that wait are taken. */
    protected final void error(Throwable refusal) {
        if (refusal instanceof WeirException w) {
            refused(w.kind());
        }
        error = refusal;
        complete();
    }

    /** Whether a part that is emitted now would be delivered, or would be thrown away because nobody listens. */
    protected final boolean mayTake() {
        return draining() || (requested > 0 && parts.isEmpty());
    }

    @Override
    protected boolean ready() {
        return mayTake();
    }

    @Override
    protected final void fail(WeirException e) {
        if (!done) {
            done = true;
            discardParts();
            to().onError(e);
        }
    }

    @Override
    public final void request(long n) {
        if (n <= 0) {
            misuse = Demand.refused(n);
            onLoop(this::deliver);
        } else if (Operators.addCap(REQUESTED, this, n) == 0) {
            onLoop(this::deliver);
        }
    }

    /** Connects it with its subscriber, and tells whether it is to be submitted. */
    final boolean start(CoreSubscriber<? super T> actual) {
        subscriber = actual;
        actual.onSubscribe(this);
        Throwable wrong = misuse;
        if (wrong != null) {
            actual.onError(wrong);
            return false;
        }
        return !isCancelled();
    }

    @Override
    final void release() {
        deliver();
    }

    private void onLoop(Runnable task) {
        FifoWire w = wire();
        if (w != null) {
            w.later(task);
        }
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        while (!done && !isCancelled()) {
            Throwable wrong = misuse;
            T part = parts.peek();
            if (wrong != null) {
                done = true;
                cancel();
                to().onError(wrong);
            } else if (part == null) {
                if (complete) {
                    end();
                }
                break;
            } else if (requested == 0) {
                break;
            } else {
                parts.poll();
                to().onNext(part);
                if (requested != Long.MAX_VALUE) {
                    REQUESTED.decrementAndGet(this);
                }
            }
        }
        if (done || isCancelled()) {
            discardParts();
        }
        delivering = false;
        if (!isOver() && mayTake()) {
            resume();
        }
    }

    private void end() {
        done = true;
        Throwable e = error;
        if (e == null) {
            to().onComplete();
        } else {
            to().onError(e);
        }
    }

    private void discardParts() {
        for (T part = parts.poll(); part != null; part = parts.poll()) {
            if (part instanceof Page page) {
                page.close();
            } else {
                Operators.onDiscard(part, to().currentContext());
            }
        }
    }

    private CoreSubscriber<? super T> to() {
        return Objects.requireNonNull(subscriber, "An exchange of this type is subscribed to, not submitted");
    }
}
