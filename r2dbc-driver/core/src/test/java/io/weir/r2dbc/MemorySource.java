package io.weir.r2dbc;

import reactor.core.publisher.Mono;

/** Sessions of one {@link MemoryStore}. */
final class MemorySource implements SessionSource {

    private final MemoryStore store = new MemoryStore();

    @Override
    public String product() {
        return "Memory";
    }

    @Override
    public Mono<MemorySession> open() {
        return Mono.fromSupplier(() -> new MemorySession(store));
    }

    @Override
    public Mono<Void> close() {
        return Mono.empty();
    }

    @Override
    public String toString() {
        return "a store in memory";
    }
}
