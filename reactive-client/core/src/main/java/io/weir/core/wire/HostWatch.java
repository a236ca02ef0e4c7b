package io.weir.core.wire;

import io.weir.core.Backoff;
import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import io.weir.core.WeirException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Asks hosts that have failed for a sign of life whenever their back-off lets it, and tells when one is back: otherwise
 * nobody would notice as long as the others suffice. Does nothing while all are well.
 *
 * <p>It counts nothing itself: how long to wait is the {@link Backoff}'s business, and what is found out is told to it.
 */
public final class HostWatch implements Disposable {

    private final Function<? super Endpoint, ? extends Publisher<?>> probe;
    private final Timers timers;
    private final Runnable back;
    private final List<Watched> hosts;

    /**
     * Begins to watch.
     *
     * @param probe completes if the host is well; no attempt is longer than that takes
     * @param timers runs what is due later
     * @param back called after a host that had failed is well, also if others have found that out
     */
    public HostWatch(
            Endpoints endpoints,
            Function<? super Endpoint, ? extends Publisher<?>> probe,
            Timers timers,
            Runnable back) {
        this.probe = probe;
        this.timers = timers;
        this.back = back;
        this.hosts = endpoints.all().stream()
                .map(host -> new Watched(endpoints.backoff(host)))
                .toList();
        hosts.forEach(Watched::begin);
    }

    /** Ends it, and a probe that is under way. */
    @Override
    public void dispose() {
        hosts.forEach(Watched::dispose);
    }

    private final class Watched implements Disposable {

        private final Backoff backoff;
        private final Disposable.Swap listening = Disposables.swap();
        private final Disposable.Swap timer = Disposables.swap();
        private final Disposable.Swap asking = Disposables.swap();
        private boolean failed;

        Watched(Backoff backoff) {
            this.backoff = backoff;
        }

        void begin() {
            listening.update(backoff.states().subscribe(this::heard));
        }

        private void heard(Backoff.State state) {
            if (state.isBusy()) {
                // It is there; what it takes is for those to find out who have work for it.
                timer.update(Disposables.disposed());
            } else if (!state.isWell()) {
                failed = true;
                later();
            } else if (failed) {
                failed = false;
                timer.update(Disposables.disposed());
                back.run();
            }
        }

        private void later() {
            try {
                timer.update(timers.after(Math.max(1, backoff.remaining().toNanos()), this::ask));
            } catch (RejectedExecutionException loopsHaveEnded) {
                // So has the client.
            }
        }

        private void ask() {
            asking.update(Mono.fromDirect(probe.apply(backoff.endpoint()))
                    .subscribe(nothing -> {}, this::stillDown, backoff::succeeded));
        }

        private void stillDown(Throwable error) {
            if (error instanceof WeirException refusal && HostRound.FINAL.contains(refusal.kind())) {
                // It is there, and does not want us: asking on would lock the account. The next caller hears why.
                return;
            }
            backoff.failed(error);
            later();
        }

        @Override
        public void dispose() {
            listening.dispose();
            timer.dispose();
            asking.dispose();
        }
    }
}
