package io.weir.iotdb.session;

import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.wire.FifoWire;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * One statement on its way, for one subscriber: the subscriber's side, of which {@link Conversation} is the server's.
 *
 * <p>Two replies are held at most, see {@link Replies}. Nothing is asked before the first demand, and never are two fetches
 * of one cursor under way. Pages that were handed out belong to the reader.
 */
final class Cursor implements Subscription {

    private static final int IDLE = 0;
    private static final int SENT = 1;
    private static final int LEFT = 2;

    private static final AtomicLongFieldUpdater<Cursor> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(Cursor.class, "requested");
    private static final AtomicIntegerFieldUpdater<Cursor> STARTED =
            AtomicIntegerFieldUpdater.newUpdater(Cursor.class, "started");

    private final WireSession session;
    private final FifoWire wire;
    private final Replies replies = new Replies();
    private final Conversation conversation;

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

    Cursor(WireSession session, StatementSpec spec) {
        this.session = session;
        this.wire = session.rpc().wire();
        this.conversation = new Conversation(this, session, spec, replies);
    }

    // --- the subscriber's side, any thread ------------------------------------------------------------------------

    void subscribe(CoreSubscriber<? super ResultPart> actual) {
        subscriber = actual;
        actual.onSubscribe(this);
        if (started == SENT) {
            // It was sent ahead, and may have failed before anybody listened.
            onLoop(this::drain);
        }
    }

    /** Sends the statement, before or at the first demand. */
    void start() {
        if (STARTED.compareAndSet(this, IDLE, SENT)) {
            conversation.start();
        }
    }

    @Override
    public void request(long n) {
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
    public void cancel() {
        if (STARTED.getAndSet(this, LEFT) == SENT) {
            onLoop(this::stop);
        }
    }

    private void onLoop(Runnable task) {
        if (wire.inLoop()) {
            task.run();
            return;
        }
        try {
            wire.execute(task);
        } catch (RejectedExecutionException loopHasEnded) {
            task.run();
        }
    }

    private void misused(long n) {
        if (!finished) {
            started = LEFT;
            stop();
            signalError(new IllegalArgumentException(
                    "A subscriber asked for " + n + " elements; it has to be more than zero (rule 3.9)"));
        }
    }

    private void stop() {
        if (!finished) {
            finish();
            conversation.stop();
        }
    }

    // --- what the conversation tells, on the loop -----------------------------------------------------------------

    /** A reply is here, and there are more to come. */
    void proceed() {
        if (fetchAhead()) {
            drainLater();
        } else {
            drain();
        }
    }

    /** The last reply is here. */
    void complete() {
        complete = true;
        proceed();
    }

    /** An error that ends the stream. Not more than one is told. */
    void failed(WeirException error) {
        if (isOver()) {
            return;
        }
        failure = error;
        replies.discard();
        drain();
    }

    void lost(WeirException error) {
        conversation.lost(error);
    }

    /** Whether the subscriber has his ending, or it is under way. */
    boolean isOver() {
        return finished || failure != null;
    }

    /** Whether the reader has all that he asked for. */
    boolean holdsBack() {
        return requested == 0;
    }

    // --- handing out ----------------------------------------------------------------------------------------------

    private boolean fetchAhead() {
        return !finished && !replies.hasOneAhead() && requested > 0 && conversation.fetch();
    }

    /** Requests leave between two turns of the loop: so the reader, who may work long, gets a later one. */
    private void drainLater() {
        try {
            wire.execute(this::drain);
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
            session.rowsHandedOut(page.size());
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
        conversation.end();
        replies.discard();
    }
}
