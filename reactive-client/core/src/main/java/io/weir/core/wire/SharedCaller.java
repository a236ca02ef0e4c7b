package io.weir.core.wire;

import io.weir.core.Demand;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A call that travels on a wire together with those of others. If that wire is lost before anything was written, the call
 * goes to another one, a few times at most; what may have run is never run again.
 */
final class SharedCaller<L extends Lane, T> extends LaneCaller<L> implements CoreSubscriber<T> {

    /** Enough for a node that goes down with several wires, and an end to it if all do. */
    private static final int MOST_MOVES = 3;

    @SuppressWarnings("rawtypes") // an updater takes the raw class
    private static final AtomicReferenceFieldUpdater<SharedCaller, @Nullable LaneSlot> SLOT =
            AtomicReferenceFieldUpdater.newUpdater(SharedCaller.class, LaneSlot.class, "slot");

    @SuppressWarnings("rawtypes") // as above
    private static final AtomicLongFieldUpdater<SharedCaller> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(SharedCaller.class, "requested");

    private final BiFunction<? super L, ? super Deadline, ? extends Publisher<T>> call;
    private final CoreSubscriber<? super T> actual;
    private final boolean movable;

    private volatile @Nullable LaneSlot<L> slot;
    private volatile @Nullable Subscription up;
    /** All that was ever asked for. */
    private volatile long requested;

    private final AtomicInteger passing = new AtomicInteger();
    // Whoever passes demand on owns these two.
    private @Nullable Subscription passedTo;
    private long passed;

    // The wire's side.
    private boolean answered;
    private int moves;

    SharedCaller(
            Lanes<L> lanes,
            Duration limit,
            Duration patience,
            BiFunction<? super L, ? super Deadline, ? extends Publisher<T>> call,
            boolean movable,
            CoreSubscriber<? super T> actual) {
        super(lanes, limit, patience);
        this.movable = movable;
        this.call = call;
        this.actual = actual;
    }

    // --- the lanes' side ------------------------------------------------------------------------------------------

    /** Within the lanes' drain. */
    boolean take(LaneSlot<L> free) {
        free.take();
        slot = free;
        if (claim(SERVED)) {
            return true;
        }
        giveBack();
        return false;
    }

    /** Outside of the drain, because what is called here may be long or come back at once. */
    void begin(L lane) {
        if (state() == OVER) {
            giveBack();
            return;
        }
        Publisher<T> answer;
        try {
            // Its time may have run out at the moment in which it was served, or before it was moved.
            answer = deadline().isOver()
                    ? Mono.error(lanes().overload(Duration.ofNanos(waited())))
                    : Objects.requireNonNull(call.apply(lane, deadline()), "A call has to return a publisher");
        } catch (Throwable t) {
            Exceptions.throwIfJvmFatal(t);
            answer = Mono.error(t);
        }
        answer.subscribe(this);
    }

    private void giveBack() {
        LaneSlot<L> held = slot;
        if (held != null && SLOT.compareAndSet(this, held, null)) {
            held.release(lanes().now());
        }
    }

    @Override
    void signalError(Throwable error) {
        actual.onError(error);
    }

    // --- the wire's side ------------------------------------------------------------------------------------------

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        up = subscription;
        if (state() == OVER) {
            subscription.cancel();
            giveBack();
        } else {
            pass();
        }
    }

    @Override
    public void onNext(T value) {
        answered = true;
        actual.onNext(value);
    }

    @Override
    public void onComplete() {
        if (turn(SERVED, OVER)) {
            giveBack();
            actual.onComplete();
        }
    }

    @Override
    public void onError(Throwable error) {
        boolean moves = mayMove(error);
        if (moves) {
            up = null;
        }
        if (turn(SERVED, moves ? WAITING : OVER)) {
            giveBack();
            if (moves) {
                comeAgain();
            } else {
                actual.onError(error);
            }
        }
    }

    private boolean mayMove(Throwable error) {
        return movable
                && !answered
                && error instanceof WeirException lost
                && lost.kind() == ErrorKind.CLOSED
                && lost.sent() == Sent.NO
                && moves++ < MOST_MOVES;
    }

    // --- the subscriber's side ------------------------------------------------------------------------------------

    @Override
    public void request(long n) {
        if (n <= 0) {
            misused(n);
            return;
        }
        Operators.addCap(REQUESTED, this, n);
        if (state() == IDLE) {
            arrive();
        } else {
            pass();
        }
    }

    private void misused(long n) {
        Subscription known = up;
        if (known != null) {
            known.request(n);
        } else if (leave() != OVER) {
            actual.onError(Demand.refused(n));
        }
    }

    /** Demand goes to the wire of the moment; one that took nothing and was left has its demand asked again of the next. */
    private void pass() {
        if (passing.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            Subscription known = up;
            if (known != null) {
                if (known != passedTo) {
                    passedTo = known;
                    passed = 0;
                }
                long all = requested;
                if (all != passed) {
                    long more = all == Long.MAX_VALUE ? all : all - passed;
                    passed = all;
                    known.request(more);
                }
            }
            seen = passing.addAndGet(-seen);
        } while (seen != 0);
    }

    @Override
    public void cancel() {
        if (leave() == SERVED) {
            Subscription known = up;
            if (known != null) {
                known.cancel();
                giveBack();
            }
            // Else the call is just being made: it is given up, and its place given back, when it has been.
        }
    }
}
