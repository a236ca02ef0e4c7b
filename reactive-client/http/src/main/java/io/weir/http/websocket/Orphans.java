package io.weir.http.websocket;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges that were left after they had been written, by key, until their late answers come. Bounded: the oldest is
 * forgotten when there are too many, and each after a while, because some answers never come. Confined to the event loop.
 */
final class Orphans<K> {

    private record Left<K>(KeyedExchange<K, ?> exchange, long at) {}

    private final Map<K, Left<K>> all = new LinkedHashMap<>();
    private final int most;
    private final Consumer<KeyedExchange<K, ?>> forgotten;

    Orphans(int most, Consumer<KeyedExchange<K, ?>> forgotten) {
        this.most = most;
        this.forgotten = forgotten;
    }

    void add(KeyedExchange<K, ?> exchange, long now) {
        all.put(exchange.key(), new Left<>(exchange, now));
        if (all.size() > most) {
            forgetFirst();
        }
    }

    boolean has(K key) {
        return all.containsKey(key);
    }

    @Nullable KeyedExchange<K, ?> remove(K key) {
        Left<K> left = all.remove(key);
        return left == null ? null : left.exchange;
    }

    int size() {
        return all.size();
    }

    /** When the oldest was left; nobody may ask when there is none. */
    long oldest() {
        return all.values().iterator().next().at;
    }

    void forgetThoseBefore(long time) {
        while (!all.isEmpty() && oldest() - time <= 0) {
            forgetFirst();
        }
    }

    void forgetAll() {
        while (!all.isEmpty()) {
            forgetFirst();
        }
    }

    private void forgetFirst() {
        Iterator<Left<K>> first = all.values().iterator();
        KeyedExchange<K, ?> exchange = first.next().exchange;
        first.remove();
        forgotten.accept(exchange);
    }
}
