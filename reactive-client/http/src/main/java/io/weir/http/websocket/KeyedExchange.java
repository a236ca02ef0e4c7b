package io.weir.http.websocket;

import io.weir.core.Demand;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;

/**
 * One question and the one answer that bears its key. It travels once; every protected method is called on the wire's event
 * loop, so that plain fields are enough.
 *
 * <p>It ends in one of four ways, and {@link #ended()} is called once in each of them: its answer came; it failed; it was
 * cancelled before it was written, and then it never is; or it was cancelled or timed out after it was written. Then its
 * key is <em>orphaned</em>: nobody may use it until the answer comes, and that one goes to {@link #late}, so that what it
 * opened on the server can be freed.
 *
 * <p>An answer that comes before it was asked for waits here, as it came.
 */
public abstract non-sealed class KeyedExchange<K, T> extends Outgoing implements Subscription {

    @SuppressWarnings("rawtypes") // an updater takes the raw class
    private static final AtomicReferenceFieldUpdater<KeyedExchange, @Nullable KeyedWire> WIRE =
            AtomicReferenceFieldUpdater.newUpdater(KeyedExchange.class, KeyedWire.class, "wire");

    private final K key;
    private final Duration limit;
    private volatile @Nullable KeyedWire<K> wire;
    private volatile boolean submitted;
    private volatile boolean cancelled;
    private volatile boolean requested;
    private volatile @Nullable Throwable misuse;
    private @Nullable CoreSubscriber<? super T> subscriber;

    // The rest belongs to the wire's event loop.
    long startedAt;
    /** Whether the wire has taken it in. */
    boolean accepted;

    private boolean done;
    private boolean over;
    private @Nullable Incoming unread;
    private @Nullable ErrorKind failure;

    /**
     * @param key what the answer bears; no other exchange under way on this wire has it
     * @param operation as {@link Outgoing}
     * @param limit how long it may take until the answer is there; zero means no limit
     */
    protected KeyedExchange(K key, Form form, String operation, Duration limit) {
        super(operation, form);
        this.key = key;
        this.limit = limit;
    }

    /**
     * Turns the answer into what the subscriber gets; null completes empty. A {@link WeirException} is the server's refusal;
     * anything else means that the answer can not be understood, and fails this exchange with
     * {@link ErrorKind#PROTOCOL}. The wire goes on in both cases.
     */
    protected abstract @Nullable T answer(Incoming answer);

    /** The answer came although nobody waits for it any longer. */
    protected void late(Incoming answer) {}

    /** The subscriber has left, or the limit has passed, after the request was written. */
    protected void abandoned() {}

    /** It is over: no answer comes any more, or none that would still be told from an unexpected one. */
    protected void ended() {}

    /** Nobody wants the answer any longer. From any thread, as often as one likes. */
    @Override
    public final void cancel() {
        if (cancelled) {
            return;
        }
        cancelled = true;
        // Before that the wire finds out by itself.
        if (submitted) {
            here().onLoop(() -> here().conversations().cancelled(this));
        }
    }

    @Override
    public final void request(long n) {
        if (n <= 0) {
            misuse = Demand.refused(n);
        } else if (requested) {
            return;
        }
        requested = true;
        if (submitted) {
            here().onLoop(this::deliver);
        }
    }

    /** The wire on which it travels; null before it is subscribed to. */
    protected final @Nullable KeyedWire<K> wire() {
        return wire;
    }

    final K key() {
        return key;
    }

    final Duration limit() {
        return limit;
    }

    final @Nullable ErrorKind failure() {
        return failure;
    }

    final boolean isCancelled() {
        return cancelled;
    }

    final boolean isOver() {
        return over;
    }

    /** Marks the end. */
    final boolean endOnce() {
        if (over) {
            return false;
        }
        over = true;
        return true;
    }

    final void travelOn(KeyedWire<K> onto) {
        if (!WIRE.compareAndSet(this, null, onto)) {
            throw new IllegalStateException(
                    "This exchange (" + operation() + ") has been subscribed to before: make a new one");
        }
    }

    /** Connects it with its subscriber, and tells whether it is to be submitted. */
    final boolean start(CoreSubscriber<? super T> actual) {
        subscriber = actual;
        actual.onSubscribe(this);
        submitted = true;
        Throwable wrong = misuse;
        if (wrong != null) {
            actual.onError(wrong);
            return false;
        }
        return !cancelled;
    }

    @Override
    final void unwritten(WeirException why) {
        here().conversations().unwritten(this, why);
    }

    /** Its answer is there. */
    final void arrived(Incoming answer) {
        if (requested) {
            hand(answer);
        } else {
            answer.content().retain();
            unread = answer;
        }
    }

    final void failOnce(WeirException error) {
        if (!done && !cancelled) {
            done = true;
            failure = error.kind();
            to().onError(error);
        }
    }

    /** What waits for its reader is looked at again: he has asked, or left. */
    final void deliver() {
        Throwable wrong = misuse;
        if (wrong != null && !done && !cancelled) {
            done = true;
            to().onError(wrong);
            cancel();
        }
        Incoming waiting = unread;
        if (waiting != null) {
            unread = null;
            try {
                hand(waiting);
            } finally {
                waiting.content().release();
            }
        }
    }

    private void hand(Incoming answer) {
        if (cancelled || done) {
            here().guarded(() -> late(answer));
            return;
        }
        T value;
        try {
            value = answer(answer);
        } catch (WeirException refusal) {
            failOnce(here().reports()
                    .locate(refusal.toBuilder())
                    .sent(Sent.ANSWERED)
                    .build());
            return;
        } catch (Throwable t) {
            Exceptions.throwIfJvmFatal(t);
            failOnce(here().reports().notUnderstood(operation(), t));
            return;
        }
        done = true;
        if (value != null) {
            to().onNext(value);
        }
        to().onComplete();
    }

    private CoreSubscriber<? super T> to() {
        return Objects.requireNonNull(subscriber, "An exchange is subscribed to, not submitted");
    }

    private KeyedWire<K> here() {
        return Objects.requireNonNull(wire);
    }
}
