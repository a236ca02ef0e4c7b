package io.weir.core.wire;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * The event loops that all clients of this process share unless they are given others: one daemon thread per core, made
 * with the first connection.
 *
 * <p>They are not co-located: a connection opened from an event loop does not have to live on that loop, which would put
 * all connections that a busy web server's loop opens onto one thread.
 */
public final class SharedLoops {

    private static final AtomicReference<@Nullable LoopResources> CURRENT = new AtomicReference<>();

    private SharedLoops() {}

    /** The loops, made if need be. */
    public static LoopResources get() {
        LoopResources loops = CURRENT.get();
        while (loops == null) {
            LoopResources made = LoopResources.create(
                    "weir", LoopResources.DEFAULT_IO_SELECT_COUNT, LoopResources.DEFAULT_IO_WORKER_COUNT, true, false);
            // LoopResources starts no thread before its first use, so that the loser of a race costs nothing.
            loops = CURRENT.compareAndSet(null, made) ? made : CURRENT.get();
        }
        return loops;
    }

    /** Stops the threads and with them every wire on them. The next connection makes new ones. */
    public static Mono<Void> dispose() {
        return Mono.defer(() -> {
            LoopResources loops = CURRENT.getAndSet(null);
            return loops == null ? Mono.empty() : loops.disposeLater();
        });
    }
}
