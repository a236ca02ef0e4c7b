package io.weir.checks.planted.timer.toy;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** Planted: takes a thread of Reactor's pool without a word. */
final class Toy {
    Mono<Long> later() {
        return Mono.delay(Duration.ofSeconds(1));
    }
}
