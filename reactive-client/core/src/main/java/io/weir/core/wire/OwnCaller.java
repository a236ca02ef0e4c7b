package io.weir.core.wire;

import io.weir.core.Demand;
import java.time.Duration;
import reactor.core.CoreSubscriber;

/** Somebody who wants a wire for himself. One that comes while he leaves is closed. */
final class OwnCaller<L extends Lane> extends LaneCaller<L> {

    private final CoreSubscriber<? super L> actual;

    OwnCaller(Lanes<L> lanes, Duration limit, Duration patience, CoreSubscriber<? super L> actual) {
        super(lanes, limit, patience);
        this.actual = actual;
    }

    /** Outside of the drain. */
    void hand(L lane) {
        if (turn(SERVED, OVER)) {
            actual.onNext(lane);
            actual.onComplete();
        } else {
            lane.close().subscribe();
        }
    }

    @Override
    void signalError(Throwable error) {
        actual.onError(error);
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            if (leave() != OVER) {
                actual.onError(Demand.refused(n));
            }
        } else {
            arrive();
        }
    }

    @Override
    public void cancel() {
        leave();
    }
}
