package io.weir.core.page;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Where a drain loop gets its elements: each is asked for by itself, so that one slot is enough, and waits there until the
 * loop takes it. Signals may come from any thread, and each wakes the loop.
 */
public final class Inlet<T> implements CoreSubscriber<T> {

    /** The loop. */
    public interface Loop<T> {

        /** The source is there, and may be asked. */
        void subscribed();

        /** Something has come: to be looked at by whoever runs the loop. */
        void drain();

        /** The source broke the rules by an element that nobody had asked for, or one after its end. It is yours. */
        void unasked(T element);

        /** That of whoever is served. */
        Context currentContext();
    }

    private final Loop<T> loop;
    private volatile @Nullable Subscription source;
    private volatile @Nullable T slot;
    private volatile boolean done;
    /** Written before {@link #done}. */
    private @Nullable Throwable failure;
    /** Belongs to the loop. */
    private boolean asked;

    public Inlet(Loop<T> loop) {
        this.loop = loop;
    }

    @Override
    public Context currentContext() {
        return loop.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (Operators.validate(source, subscription)) {
            source = subscription;
            loop.subscribed();
        }
    }

    @Override
    public void onNext(T element) {
        Objects.requireNonNull(element, "element");
        if (done || slot != null) {
            loop.unasked(element);
        } else {
            slot = element;
            loop.drain();
        }
    }

    @Override
    public void onError(Throwable error) {
        Objects.requireNonNull(error, "error");
        if (done) {
            Operators.onErrorDropped(error, currentContext());
        } else {
            failure = error;
            done = true;
            loop.drain();
        }
    }

    @Override
    public void onComplete() {
        done = true;
        loop.drain();
    }

    // --- within the loop ------------------------------------------------------------------------------------------

    /** Whether nothing more comes. To be asked before {@link #peek()}: the last element is in its slot before the end is known. */
    public boolean isDone() {
        return done;
    }

    /** Why it ended; null while it has not, and if it ended well. */
    public @Nullable Throwable failure() {
        return done ? failure : null;
    }

    /** The element that waits; null if none does. */
    public @Nullable T peek() {
        return slot;
    }

    /** The element that was peeked at belongs to the loop now. */
    public void take() {
        slot = null;
        asked = false;
    }

    /** Asks for the next element, unless it is on its way already. */
    public void ask() {
        Subscription known = source;
        if (!asked && !done && known != null) {
            asked = true;
            known.request(1);
        }
    }

    /** Whether there is a source that could be asked, or left. */
    public boolean hasSource() {
        return source != null;
    }

    /** Leaves the source. */
    public void cancel() {
        Subscription known = source;
        if (known != null) {
            known.cancel();
        }
    }
}
