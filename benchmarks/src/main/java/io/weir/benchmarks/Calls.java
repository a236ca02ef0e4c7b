package io.weir.benchmarks;

import io.weir.benchmarks.worker.Checksum;
import io.weir.benchmarks.worker.Run;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Many callers at once, each of whom makes one call after the other, on few threads. */
public final class Calls {

    private Calls() {}

    /**
     * Blocks until all calls are over; each is timed.
     *
     * @param callers how many there are
     * @param calls of one run, over all callers
     * @param call puts all values of one call into the caller's own checksum
     */
    public static void make(Run run, int callers, int calls, Function<Checksum, Mono<Void>> call) {
        List<Checksum> parts = Stream.generate(Checksum::new).limit(callers).toList();
        Flux.fromIterable(parts)
                .flatMap(part -> one(run, part, calls / callers, call), callers)
                .then()
                .block();
        parts.forEach(run.checksum()::addAll);
    }

    private static Mono<Void> one(Run run, Checksum part, int calls, Function<Checksum, Mono<Void>> call) {
        return Mono.defer(() -> {
                    long began = System.nanoTime();
                    return call.apply(part).then(Mono.<Void>fromRunnable(() -> {
                        part.endRow();
                        run.latencies().add(System.nanoTime() - began);
                    }));
                })
                .repeat(calls - 1)
                .then();
    }
}
