package io.weir.checks.planted.blocking.toy;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Planted: waits. */
final class Toy {
    @Nullable String wait(Mono<String> mono) {
        return mono.block();
    }
}
