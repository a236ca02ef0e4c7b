package io.weir.core.wire;

import io.weir.core.Demand;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * One statement on its way, for one subscriber: the subscriber's side. A system supplies the other one: what is said to the
 * server, and what becomes of its answers.
 *
 * <p>Two replies are held at most, see {@link Replies}. Nothing is asked before the first demand, and never are two fetches
 * of one cursor under way. Pages that were handed out belong to the reader.
 */
public abstract class ReplyCursor implements Subscription {

    private static final int IDLE = 0;
    private static final int SENT = 1;
    private static final int LEFT = 2;

    private static final AtomicLongFieldUpdater<ReplyCursor> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(ReplyCursor.class, "requested");
    private static final AtomicIntegerFieldUpdater<ReplyCursor> STARTED =
            AtomicIntegerFieldUpdater.newUpdater(ReplyCursor.class, "started");

    private final WireLoop loop;
    private final Replies replies = new Replies();

    private volatile long requested;
    /** One of IDLE, SENT and LEFT. */
    private volatile int started = IDLE;

    private volatile @Nullable CoreSubscriber<? super ResultPart> subscriber;

    // The rest belongs to the wire's event loop.
    /** Whether all replies are here. */
    private boolean complete;

    private @Nullable Throwable failure;
    private boolean delivering;
    /** Whether the subscriber gets nothing any more. */
    private boolean finished;

    /** @param loop on which everything happens but what the subscriber does */
    protected ReplyCursor(WireLoop loop) {
        this.loop = loop;
    }

    // --- what a system supplies ---------------------------------------------------------------------------------

    /** Sends the first request. On any thread, once. */
    protected abstract void ask();

    /** Asks for the next reply, if there is one and it is not on its way already. */
    protected abstract boolean fetch();

    /** The subscriber has left: what is under way on the server is to be ended. */
    protected abstract void leave();

    /** The subscriber has all that he gets. */
    protected abstract void ended();

    /** So many rows are about to be handed out. */
    protected abstract void handingOut(int rows);

    /** The connection is gone. On the loop. */
    protected abstract void lost(WeirException error);

    // --- the subscriber's side, any thread ------------------------------------------------------------------------

    /** The one subscriber. */
    public final void subscribe(CoreSubscriber<? super ResultPart> actual) {
        subscriber = actual;
        actual.onSubscribe(this);
        if (started == SENT) {
            // It was sent ahead, and may have failed before anybody listened.
            onLoop(this::drain);
        }
    }

    /** Sends the statement, before or at the first demand. */
    public final void start() {
        if (STARTED.compareAndSet(this, IDLE, SENT)) {
            ask();
        }
    }

    @Override
    public final void request(long n) {
        if (n <= 0) {
            onLoop(() -> misused(n));
            return;
        }
        long before = Operators.addCap(REQUESTED, this, n);
        if (started == IDLE) {
            start();
        } else if (before == 0) {
            onLoop(this::drain);
        }
    }

    @Override
    public final void cancel() {
        if (STARTED.getAndSet(this, LEFT) == SENT) {
            onLoop(this::stop);
        }
    }

    private void onLoop(Runnable task) {
        if (loop.inLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException loopHasEnded) {
            task.run();
        }
    }

    private void misused(long n) {
        if (!finished) {
            started = LEFT;
            stop();
            signalError(Demand.refused(n));
        }
    }

    private void stop() {
        if (!finished) {
            finish();
            leave();
        }
    }

    // --- what a system tells, on the loop -----------------------------------------------------------------------

    /** Where what arrives is put. */
    public final Replies replies() {
        return replies;
    }

    /** A reply is here, and there are more to come. */
    public final void proceed() {
        if (fetchAhead()) {
            drainLater();
        } else {
            drain();
        }
    }

    /** The last reply is here. */
    public final void complete() {
        complete = true;
        proceed();
    }

    /** An error that ends the stream. Not more than one is told. */
    public final void failed(WeirException error) {
        if (isOver()) {
            return;
        }
        failure = error;
        replies.discard();
        drain();
    }

    /** Whether the subscriber has his ending, or it is under way. */
    public final boolean isOver() {
        return finished || failure != null;
    }

    /** Whether the reader has all that he asked for. */
    public final boolean holdsBack() {
        return requested == 0;
    }

    // --- handing out ----------------------------------------------------------------------------------------------

    private boolean fetchAhead() {
        return !finished && !replies.hasOneAhead() && requested > 0 && fetch();
    }

    /** Requests leave between two turns of the loop: so the reader, who may work long, gets a later one. */
    private void drainLater() {
        try {
            loop.execute(this::drain);
        } catch (RejectedExecutionException loopEnds) {
            drain();
        }
    }

    private void drain() {
        if (delivering) {
            return;
        }
        delivering = true;
        boolean asked = false;
        while (!finished && !asked && subscriber != null) {
            replies.turn();
            if (failure != null) {
                finish();
                signalError(failure);
            } else if (replies.isRead() && complete) {
                finish();
                subscriber.onComplete();
            } else if (requested == 0) {
                break;
            } else if (fetchAhead()) {
                asked = true;
            } else if (replies.isRead()) {
                break;
            } else {
                handOut(subscriber, replies.next());
            }
        }
        delivering = false;
        if (asked) {
            drainLater();
        }
    }

    private void handOut(CoreSubscriber<? super ResultPart> to, ResultPart part) {
        if (part instanceof Page page && page.size() > 0) {
            handingOut(page.size());
        }
        if (requested != Long.MAX_VALUE) {
            REQUESTED.decrementAndGet(this);
        }
        to.onNext(part);
    }

    private void signalError(Throwable error) {
        CoreSubscriber<? super ResultPart> to = subscriber;
        if (to != null) {
            to.onError(error);
        }
    }

    private void finish() {
        finished = true;
        ended();
        replies.discard();
    }
}
