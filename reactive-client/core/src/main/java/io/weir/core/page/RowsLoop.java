package io.weir.core.page;

import io.weir.core.Demand;
import io.weir.core.Page;
import io.weir.core.RowView;
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
final class RowsLoop<T> implements Inlet.Loop<Page>, Subscription {

    private final CoreSubscriber<? super T> actual;
    private final RowMapper<? extends T> mapper;
    private final int prefetch;
    private final boolean early;

    private final AtomicInteger wip = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();
    private volatile boolean cancelled;
    /* What a caller did against the rules; ends the stream with that error. */
    private volatile @Nullable Throwable violation;
    private final Inlet<Page> pages = new Inlet<>(this);

    // From here on: only touched inside the loop.
    private final PageAtHand hand;
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

    /** Who subscribes to the pages. */
    CoreSubscriber<Page> inlet() {
        return pages;
    }

    @Override
    public void subscribed() {
        actual.onSubscribe(this);
    }

    @Override
    public void unasked(Page page) {
        page.close();
        violation = new IllegalStateException(
                "The source of the pages sent one that was not asked for, or one after its end");
        drain();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            violation = Demand.refused(n);
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
    @Override
    public void drain() {
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
                pages.ask();
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
            pages.ask();
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
        Throwable failure = early ? pages.failure() : null;
        if (failure != null) {
            fail(failure);
        }
        return over;
    }

    /** Takes the page that has arrived. If none has and none will, that is the end. */
    private boolean take() {
        boolean finished = pages.isDone();
        Page page = pages.peek();
        if (page != null) {
            pages.take();
            hand.take(page);
            return true;
        }
        if (finished) {
            over = true;
            Throwable failure = pages.failure();
            if (failure == null) {
                actual.onComplete();
            } else {
                actual.onError(failure);
            }
        }
        return false;
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
        pages.cancel();
        closeCurrent();
        closeSlot();
    }

    private void closeCurrent() {
        close(hand.giveBack());
    }

    private void closeSlot() {
        Page page = pages.peek();
        // Emptied only if it was full: a page may arrive between the two lines, and the loop then comes by again.
        if (page != null) {
            pages.take();
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
