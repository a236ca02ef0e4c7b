package io.weir.tdengine.session;

import io.weir.core.Demand;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * One reader of a consumer. He polls as long as he has demand, never twice at a time; without demand nothing is asked, and
 * nothing is held.
 */
final class Polling implements Subscription {

    /** What a new connection may cure. */
    private static final Set<ErrorKind> CURABLE =
            EnumSet.of(ErrorKind.CLOSED, ErrorKind.CONNECT, ErrorKind.TIMEOUT, ErrorKind.OVERLOAD);

    /** The hosts have waits of their own, which grow; this one keeps a host that is there at once from a storm. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final AtomicLongFieldUpdater<Polling> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(Polling.class, "requested");

    private final ConsumerLink link;
    private final ConsumerSettings settings;
    private final CoreSubscriber<? super Delivery> to;
    private final AtomicInteger signals = new AtomicInteger();
    private final Disposable.Swap underWay = Disposables.swap();
    private volatile long requested;
    private volatile boolean cancelled;
    private volatile boolean busy;
    private volatile boolean over;
    private volatile @Nullable Throwable misuse;
    private volatile long troubleSince;
    private volatile boolean inTrouble;
    /** How long the next poll waits. */
    private volatile Duration rest = Duration.ZERO;

    Polling(ConsumerLink link, ConsumerSettings settings, CoreSubscriber<? super Delivery> to) {
        this.link = link;
        this.settings = settings;
        this.to = to;
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

    /** A poll that is under way is not waited for: what it brings is given again to the next one. */
    @Override
    public void cancel() {
        cancelled = true;
        underWay.dispose();
    }

    private void drain() {
        if (signals.getAndIncrement() != 0) {
            return;
        }
        int heard = 1;
        do {
            if (!cancelled && !over && !busy) {
                turn();
            }
            heard = signals.addAndGet(-heard);
        } while (heard != 0);
    }

    private void turn() {
        Throwable wrong = misuse;
        if (wrong != null) {
            over = true;
            to.onError(wrong);
        } else if (requested > 0) {
            busy = true;
            Mono<Void> before = rest.isZero() ? Mono.empty() : Later.after(settings.timers(), rest);
            underWay.update(before.then(link.next()).subscribe(this::got, this::failed, this::polled));
        }
    }

    private void got(ConsumerLink.Handing handing) {
        if (cancelled) {
            return;
        }
        link.handedOut(handing);
        if (requested != Long.MAX_VALUE) {
            REQUESTED.decrementAndGet(this);
        }
        to.onNext(handing.delivery());
    }

    private void polled() {
        inTrouble = false;
        rest = Duration.ZERO;
        pollAgain();
    }

    /**
     * By the drain and never from within: a poll may end before its subscription is known, which would then take the place
     * of the next one's and end that.
     */
    private void pollAgain() {
        busy = false;
        drain();
    }

    private void failed(Throwable error) {
        if (link.isClosed()) {
            over = true;
            to.onComplete();
        } else if (error instanceof WeirException known && CURABLE.contains(known.kind()) && hasPatience()) {
            Duration hosts = settings.rest().get();
            rest = hosts.compareTo(PAUSE) > 0 ? hosts : PAUSE;
            pollAgain();
        } else {
            over = true;
            to.onError(error);
        }
    }

    private boolean hasPatience() {
        long now = System.nanoTime();
        if (!inTrouble) {
            inTrouble = true;
            troubleSince = now;
        }
        return now - troubleSince < settings.patience().toNanos();
    }
}
