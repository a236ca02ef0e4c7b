package io.weir.http.json;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.weir.core.Demand;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The state of one document. Every signal ends in {@link #drain}, which one thread at a time runs. The element after the one
 * that was asked for is parsed ahead, so that the end is seen without a demand that would never come.
 */
final class JsonLoop<T> implements CoreSubscriber<ByteBuf>, Subscription {

    @SuppressWarnings("rawtypes") // an updater takes the raw class
    private static final AtomicLongFieldUpdater<JsonLoop> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(JsonLoop.class, "requested");

    private final CoreSubscriber<? super T> to;
    private final JsonElements<T> elements;
    private final CallErrors errors;
    private final EventLoop timers;
    private final Duration silence;

    private final AtomicInteger signals = new AtomicInteger();
    private final AtomicReference<@Nullable ByteBuf> arrived = new AtomicReference<>();
    private volatile long requested;
    private volatile @Nullable Throwable misuse;
    /** The wait for bytes whose limit has passed; a timer that fires while it is stopped counts for its own wait only. */
    private volatile int vain;

    private volatile @Nullable Subscription up;
    private volatile boolean cancelled;
    private volatile boolean ended;
    private volatile @Nullable Throwable failed;

    // The rest belongs to whoever runs the drain.
    private boolean begun;
    private boolean wantsBytes;
    private boolean knowsTheEnd;
    private boolean over;
    private int waits;
    private @Nullable T next;
    private @Nullable Future<?> timer;

    JsonLoop(
            CoreSubscriber<? super T> to, JsonReader<T> reader, CallErrors errors, EventLoop timers, Duration silence) {
        this.to = to;
        this.elements = new JsonElements<>(reader, errors);
        this.errors = errors;
        this.timers = timers;
        this.silence = silence;
    }

    @Override
    public Context currentContext() {
        return to.currentContext();
    }

    @Override
    public void onSubscribe(Subscription s) {
        if (Operators.validate(up, s)) {
            up = s;
            to.onSubscribe(this);
        }
    }

    @Override
    public void onNext(ByteBuf bytes) {
        ByteBuf stray = arrived.getAndSet(bytes.retain());
        if (stray != null) {
            stray.release();
            failed = new IllegalStateException("More bytes came than were asked for");
        }
        drain();
    }

    @Override
    public void onError(Throwable t) {
        failed = t;
        drain();
    }

    @Override
    public void onComplete() {
        ended = true;
        drain();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            misuse = Demand.refused(n);
        } else {
            Operators.addCap(REQUESTED, this, n);
        }
        drain();
    }

    @Override
    public void cancel() {
        cancelled = true;
        drain();
    }

    private void drain() {
        if (signals.getAndIncrement() != 0) {
            return;
        }
        int heard = 1;
        do {
            try {
                run();
            } catch (WeirException known) {
                fail(known);
            } catch (Throwable t) {
                Exceptions.throwIfJvmFatal(t);
                fail(errors.notUnderstood(t, ended));
            }
            heard = signals.addAndGet(-heard);
        } while (heard != 0);
    }

    private void run() {
        while (!over) {
            Throwable wrong = misuse;
            if (cancelled) {
                stop();
            } else if (wrong != null) {
                fail(wrong);
            } else if (next != null) {
                if (requested == 0) {
                    return;
                }
                hand(next);
            } else if (elements.isComplete()) {
                stop();
                to.onComplete();
            } else {
                begun |= requested > 0;
                if (!begun || !parse()) {
                    return;
                }
            }
        }
        dropBytes();
    }

    private void hand(T element) {
        next = null;
        if (requested != Long.MAX_VALUE) {
            REQUESTED.decrementAndGet(this);
        }
        to.onNext(element);
    }

    /** Goes on to the next element or to the end; false: bytes are missing for it. */
    private boolean parse() {
        do {
            next = elements.next();
            if (next != null || elements.isComplete()) {
                return true;
            }
        } while (feed());
        return false;
    }

    private boolean feed() {
        ByteBuf bytes = arrived.getAndSet(null);
        if (bytes != null) {
            gotBytes();
            elements.feed(bytes);
            return true;
        }
        Throwable broken = failed;
        if (broken != null) {
            throw errors.broken(broken);
        }
        if (ended) {
            if (knowsTheEnd) {
                throw errors.cut();
            }
            knowsTheEnd = true;
            elements.end();
            return true;
        }
        if (wantsBytes && vain == waits) {
            throw errors.silent();
        }
        if (!wantsBytes) {
            wantsBytes = true;
            wait(silence);
            upstream().request(1);
        }
        return false;
    }

    private void wait(Duration limit) {
        int number = ++waits;
        if (!limit.isZero()) {
            timer = timers.schedule(
                    () -> {
                        vain = number;
                        drain();
                    },
                    limit.toNanos(),
                    TimeUnit.NANOSECONDS);
        }
    }

    private void gotBytes() {
        wantsBytes = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void fail(Throwable error) {
        if (!over) {
            stop();
            to.onError(error);
        }
    }

    private void stop() {
        over = true;
        next = null;
        gotBytes();
        dropBytes();
        elements.close();
        if (!ended && failed == null) {
            upstream().cancel();
        }
    }

    private void dropBytes() {
        ByteBuf bytes = arrived.getAndSet(null);
        if (bytes != null) {
            bytes.release();
        }
    }

    private Subscription upstream() {
        return Objects.requireNonNull(up);
    }
}
