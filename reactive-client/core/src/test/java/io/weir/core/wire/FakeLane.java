package io.weir.core.wire;

import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A wire that is as busy as the test says. */
final class FakeLane implements Lane {

    final int number;
    final AtomicInteger pending = new AtomicInteger();
    volatile Endpoint endpoint = new Endpoint("h", 1);
    volatile long headAge;
    volatile boolean heldBack;
    volatile boolean fit = true;
    volatile boolean closed;
    private volatile Runnable listener = () -> {};
    private final Sinks.Empty<Void> end = Sinks.empty();

    FakeLane(int number) {
        this.number = number;
    }

    void free() {
        headAge = 0;
        heldBack = false;
        listener.run();
    }

    void lose() {
        fit = false;
        end.tryEmitError(WeirException.of(ErrorKind.CLOSED, "lost").build());
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public int pending() {
        return pending.get();
    }

    @Override
    public long headAge() {
        return headAge;
    }

    @Override
    public boolean isHeldBack() {
        return heldBack;
    }

    @Override
    public boolean isFit() {
        return fit && !closed;
    }

    @Override
    public Mono<Void> close() {
        return Mono.fromRunnable(() -> {
            closed = true;
            end.tryEmitEmpty();
        });
    }

    @Override
    public Mono<Void> onClose() {
        return end.asMono();
    }

    @Override
    public void whenFree(Runnable whom) {
        listener = whom;
    }

    @Override
    public String toString() {
        return "lane " + number;
    }
}
