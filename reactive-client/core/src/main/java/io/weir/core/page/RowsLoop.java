package io.weir.core.page;

import io.weir.core.Page;
import io.weir.core.RowView;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One subscription of {@link PageRows}: every signal ends in {@link #drain()}, and the thread that finds it idle does
 * all that there is to do. Reading rows and closing pages therefore never happen at the same time, whoever cancels.
 *
 * <p>It is not Fuseable on purpose: {@code poll()} would map and close on the consumer's thread.
 */
final class RowsLoop<T> implements CoreSubscriber<Page>, Subscription {

    private final CoreSubscriber<? super T> actual;
    private final RowMapper<? extends T> mapper;
    private final int prefetch;
    private final boolean early;

    private final AtomicInteger wip = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();
    private volatile boolean cancelled;
    /* What a caller did against the rules; ends the stream with that error. */
    private volatile @Nullable Throwable violation;
    /* A slot and no queue: never more than one page is asked for. */
    private volatile @Nullable Page slot;
    private volatile boolean done;
    private @Nullable Throwable error;

    // From here on: only touched inside the loop.
    private final PageAtHand hand;
    private @Nullable Subscription up;
    private boolean asked;
    private boolean over;

    RowsLoop(
            CoreSubscriber<? super T> actual,
            RowMapper<? extends T> mapper,
            int prefetch,
            boolean early,
            boolean objects) {
        this.actual = actual;
        this.mapper = mapper;
        this.prefetch = prefetch;
        this.early = early;
        this.hand = new PageAtHand(objects);
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription s) {
        if (Operators.validate(up, s)) {
            up = s;
            actual.onSubscribe(this);
        }
    }

    @Override
    public void onNext(Page page) {
        Objects.requireNonNull(page, "page");
        if (done || slot != null) {
            page.close();
            violation = new IllegalStateException(
                    "The source of the pages sent one that was not asked for, or one after its end");
        } else {
            slot = page;
        }
        drain();
    }

    @Override
    public void onError(Throwable t) {
        Objects.requireNonNull(t, "error");
        if (done) {
            Operators.onErrorDropped(t, currentContext());
            return;
        }
        error = t;
        done = true;
        drain();
    }

    @Override
    public void onComplete() {
        done = true;
        drain();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            violation = new IllegalArgumentException(
                    "Requested " + n + " rows: a subscriber must ask for at least 1 (Reactive Streams rule 3.9)");
        } else {
            requested.accumulateAndGet(n, Operators::addCap);
        }
        drain();
    }

    @Override
    public void cancel() {
        cancelled = true;
        drain();
    }

    /** No recursion: who finds the loop running leaves a mark, and the loop goes round once more. */
    private void drain() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        Throwable thrown = null;
        int missed = 1;
        do {
            try {
                boolean moved = true;
                while (moved && !over) {
                    moved = advance();
                }
            } catch (Throwable t) {
                // Only the subscriber throws here, which it must not: it counts as cancelled (rule 2.13).
                thrown = t;
                release();
            }
            if (over) {
                closeSlot();
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
        if (thrown != null) {
            throw Exceptions.propagate(thrown);
        }
    }

    /** One step; false if nothing more can be done until the next signal. */
    private boolean advance() {
        if (stopped()) {
            return true;
        }
        long demand = requested.get();
        if (hand.isThere() && !hand.hasNext()) {
            // Late release: the last row of this page is out, and the next request says that it has been read.
            if (demand == 0) {
                return false;
            }
            closeCurrent();
        }
        if (!hand.isThere() && !take()) {
            if (!over && demand > 0) {
                ask();
            }
            return over;
        }
        if (!hand.hasNext()) {
            // An empty page.
            closeCurrent();
            return true;
        }
        if (demand == 0) {
            return failedMeanwhile();
        }
        if (prefetch > 0) {
            ask();
        }
        emit(demand);
        return true;
    }

    private boolean stopped() {
        if (cancelled) {
            release();
            return true;
        }
        Throwable wrong = violation;
        if (wrong != null) {
            fail(wrong);
            return true;
        }
        return false;
    }

    /**
     * Rows that nobody has asked for do not hold up an error: else a limit of time would not reach a reader who holds back,
     * and he would keep the page for ever. Where a row may still be read after it was handed out, the error waits.
     */
    private boolean failedMeanwhile() {
        Throwable failure = done && early ? error : null;
        if (failure != null) {
            fail(failure);
        }
        return over;
    }

    /** Takes the page that has arrived. If none has and none will, that is the end. */
    private boolean take() {
        // In this order: the last page is in the slot before the end is known.
        boolean finished = done;
        Page page = slot;
        if (page != null) {
            slot = null;
            asked = false;
            hand.take(page);
            return true;
        }
        if (finished) {
            over = true;
            if (error == null) {
                actual.onComplete();
            } else {
                actual.onError(error);
            }
        }
        return false;
    }

    private void ask() {
        if (!asked && !done && up != null) {
            asked = true;
            up.request(1);
        }
    }

    private void emit(long demand) {
        long emitted = 0;
        while (emitted != demand && hand.hasNext() && !cancelled && violation == null) {
            T value = null;
            boolean wanted;
            try {
                RowView row = hand.next();
                wanted = mapper.wants(row);
                if (wanted) {
                    value = mapper.map(row);
                }
            } catch (Throwable t) {
                fail(t);
                return;
            }
            if (wanted && value == null) {
                fail(new NullPointerException("The mapper returned null for row " + hand.last() + " of a page, and a"
                        + " stream can not carry null (Reactive Streams rule 2.13): return an Optional, or leave the"
                        + " row out by RowMapper.wants"));
                return;
            }
            if (early) {
                hand.expire();
                if (!hand.hasNext()) {
                    closeCurrent();
                }
            }
            if (value != null) {
                emitted++;
                actual.onNext(value);
            }
        }
        if (emitted > 0 && demand != Long.MAX_VALUE) {
            requested.accumulateAndGet(emitted, RowsLoop::minus);
        }
    }

    private void fail(Throwable t) {
        release();
        actual.onError(t);
    }

    /** Ends with rows and pages left over. */
    private void release() {
        over = true;
        if (up != null) {
            up.cancel();
        }
        closeCurrent();
        closeSlot();
    }

    private void closeCurrent() {
        close(hand.giveBack());
    }

    private void closeSlot() {
        Page page = slot;
        // Emptied only if it was full: a page may arrive between the two lines, and the loop then comes by again.
        if (page != null) {
            slot = null;
        }
        close(page);
    }

    /* A page that can not be closed must not wedge the loop, nor take the place of what the stream has to say. */
    private void close(@Nullable Page page) {
        if (page == null) {
            return;
        }
        try {
            page.close();
        } catch (RuntimeException e) {
            Operators.onErrorDropped(e, currentContext());
        }
    }

    /* Somebody may have asked for everything while a smaller demand was being served. */
    private static long minus(long requested, long emitted) {
        return requested == Long.MAX_VALUE ? requested : requested - emitted;
    }
}
