package io.weir.tdengine.session;

import io.weir.core.wire.Timers;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Waits by the timers of event loops. */
final class Later {

    private Later() {}

    /** Completes so long after each subscription. */
    static Mono<Void> after(Timers timers, Duration time) {
        return Mono.create(sink -> sink.onDispose(timers.after(time.toNanos(), sink::success)));
    }
}
