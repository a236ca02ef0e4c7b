package io.weir.http.websocket;

import java.util.Objects;
import java.util.function.Supplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** Submits a new exchange for each subscriber. */
final class ExchangeMono<K, T> extends Mono<T> {

    private final KeyedWire<K> wire;
    private final Supplier<? extends KeyedExchange<K, T>> exchanges;

    ExchangeMono(KeyedWire<K> wire, Supplier<? extends KeyedExchange<K, T>> exchanges) {
        this.wire = wire;
        this.exchanges = exchanges;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        KeyedExchange<K, T> exchange;
        try {
            exchange = Objects.requireNonNull(exchanges.get(), "no exchange was made");
            exchange.travelOn(wire);
        } catch (RuntimeException e) {
            Operators.error(actual, e);
            return;
        }
        if (exchange.start(actual)) {
            wire.submit(exchange);
        }
    }
}
