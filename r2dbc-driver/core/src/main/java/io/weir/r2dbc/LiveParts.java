package io.weir.r2dbc;

import io.weir.core.ResultPart;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;

/**
 * The parts of a result with rows, which still come in. A mere mailbox between the reader and the {@link Conversation}:
 * every signal to the reader is sent from within the conversation's own loop.
 */
final class LiveParts extends Parts implements Subscription {

    private enum State {
        UNREAD,
        READ,
        /** Nobody came in time. */
        ABANDONED
    }

    private final Conversation conversation;
    private final String sql;
    private final Deque<ResultPart> before;
    private final AtomicReference<State> state = new AtomicReference<>(State.UNREAD);
    private final AtomicLong requested = new AtomicLong();
    private volatile boolean cancelled;
    private volatile @Nullable CoreSubscriber<? super ResultPart> reader;
    private volatile @Nullable Disposable deadline;

    /** @param before what came ahead of the first page */
    LiveParts(Conversation conversation, String sql, Collection<ResultPart> before) {
        this.conversation = conversation;
        this.sql = sql;
        this.before = new ArrayDeque<>(before);
    }

    @Override
    String sql() {
        return sql;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ResultPart> subscriber) {
        if (!state.compareAndSet(State.UNREAD, State.READ)) {
            Operators.error(subscriber, state.get() == State.ABANDONED ? conversation.unreadInTime() : consumed());
            return;
        }
        Disposable timer = deadline;
        if (timer != null) {
            timer.dispose();
        }
        subscriber.onSubscribe(this);
        // Only now may the loop see the reader: nothing must reach it ahead of onSubscribe.
        reader = subscriber;
        conversation.drain();
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            requested.accumulateAndGet(n, Operators::addCap);
            conversation.drain();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        conversation.drain();
    }

    /** The time to read it is over; does nothing if somebody reads. */
    void abandon() {
        if (state.compareAndSet(State.UNREAD, State.ABANDONED)) {
            cancel();
        }
    }

    boolean isUnread() {
        return state.get() == State.UNREAD;
    }

    /** Starts to wait for a reader. He may come while the timer is being made: then it is not needed. */
    void waitForReader(Disposable timer) {
        deadline = timer;
        if (!isUnread()) {
            timer.dispose();
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    @Nullable CoreSubscriber<? super ResultPart> reader() {
        return reader;
    }

    boolean isAsked() {
        return requested.get() > 0;
    }

    /** The next of the parts that came ahead of the first page; null if there are no more. */
    @Nullable ResultPart pollBefore() {
        return before.poll();
    }

    boolean hasBefore() {
        return !before.isEmpty();
    }

    /** Called in the loop, and only if {@link #isAsked()}. */
    void emit(CoreSubscriber<? super ResultPart> to, ResultPart part) {
        requested.updateAndGet(Parts::lessOne);
        to.onNext(part);
    }
}
