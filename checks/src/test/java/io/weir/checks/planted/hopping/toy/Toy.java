package io.weir.checks.planted.hopping.toy;

import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Planted: leaves the event loop. */
final class Toy {
    Flux<String> hop(Flux<String> flux) {
        return flux.publishOn(Schedulers.parallel());
    }
}
