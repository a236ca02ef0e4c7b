package io.weir.core.wire;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** The wires that are being opened. Within the lanes' drain, but for {@link #lastFailure()}. */
final class LaneOpenings<L extends Lane> {

    /** After a wire could not be opened while there are others to wait for, the next try is not made sooner. */
    private static final Duration REST = Duration.ofMillis(250);

    private final Mono<L> open;
    private final Supplier<Duration> hostsRest;
    private final LaneDrain drain;
    private final Set<Disposable> underWay = new HashSet<>();
    private volatile @Nullable Throwable lastFailure;
    private @Nullable Disposable resting;
    private int unwanted;

    LaneOpenings(Mono<L> open, Supplier<Duration> hostsRest, LaneDrain drain) {
        this.open = open.switchIfEmpty(Mono.error(() -> new IllegalStateException("A wire was opened and none came")));
        this.hostsRest = hostsRest;
        this.drain = drain;
    }

    int size() {
        return underWay.size();
    }

    /** Why the last one failed; null if it did not. From any thread. */
    @Nullable Throwable lastFailure() {
        return lastFailure;
    }

    /** Opens one more; what becomes of it is told within the drain, unless it is given up. */
    void begin(Consumer<L> opened, Consumer<Throwable> failed) {
        Disposable.Swap attempt = Disposables.swap();
        underWay.add(attempt);
        drain.outside(() -> attempt.update(open.subscribe(
                lane -> drain.knock(() -> opened(attempt, lane, opened)),
                error -> drain.knock(() -> failed(attempt, error, failed)),
                () -> {})));
    }

    private void opened(Disposable attempt, L lane, Consumer<L> then) {
        if (underWay.remove(attempt)) {
            lastFailure = null;
            then.accept(lane);
        } else {
            drain.outside(() -> lane.close().subscribe());
        }
    }

    private void failed(Disposable attempt, Throwable error, Consumer<Throwable> then) {
        if (underWay.remove(attempt)) {
            lastFailure = error;
            then.accept(error);
        }
    }

    /** Leaves the hosts alone for as long as they ask for. */
    void rest() {
        if (resting == null) {
            Duration hosts = hostsRest.get();
            Duration pause = hosts.compareTo(REST) > 0 ? hosts : REST;
            resting = drain.knockAfter(pause.toNanos(), () -> resting = null);
        }
    }

    boolean isResting() {
        return resting != null;
    }

    /** Somebody who may have set off an opening has left. */
    void oneIsUnwanted() {
        unwanted++;
    }

    /** Gives up as many as were left by those who wanted them, down to those that others want. */
    void giveUpUnwanted(int wanted) {
        for (; unwanted > 0; unwanted--) {
            if (underWay.size() > wanted) {
                Disposable attempt = underWay.iterator().next();
                underWay.remove(attempt);
                drain.outside(attempt::dispose);
            }
        }
    }

    void giveUpAll() {
        if (resting != null) {
            resting.dispose();
        }
        underWay.forEach(attempt -> drain.outside(attempt::dispose));
        underWay.clear();
    }
}
