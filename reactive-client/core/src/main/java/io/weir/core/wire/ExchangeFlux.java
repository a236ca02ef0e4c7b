package io.weir.core.wire;

import java.util.Objects;
import java.util.function.Supplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/** Submits a new exchange for each subscriber. */
final class ExchangeFlux<T> extends Flux<T> {

    private final FifoWire wire;
    private final Supplier<? extends FluxExchange<T>> exchanges;

    ExchangeFlux(FifoWire wire, Supplier<? extends FluxExchange<T>> exchanges) {
        this.wire = wire;
        this.exchanges = exchanges;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        FluxExchange<T> exchange;
        try {
            exchange = Objects.requireNonNull(exchanges.get(), "no exchange was made");
        } catch (RuntimeException e) {
            Operators.error(actual, e);
            return;
        }
        if (exchange.start(actual)) {
            wire.submit(exchange);
        }
    }
}
