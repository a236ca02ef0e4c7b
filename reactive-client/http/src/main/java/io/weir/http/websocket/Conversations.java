package io.weir.http.websocket;

import io.netty.buffer.ByteBuf;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.core.wire.Deadlines;
import io.weir.core.wire.WireLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/** What is under way on a keyed wire. Confined to the event loop. */
final class Conversations<K> implements Listener {

    private final KeyedWire<K> wire;
    private final WebSocketWire socket;
    private final KeyedProtocol<K> protocol;
    private final Duration orphanLimit;
    /** While the socket takes no more, requests wait unencoded and can still be withdrawn. */
    private final ArrayDeque<KeyedExchange<K, ?>> waiting = new ArrayDeque<>();

    private final ArrayDeque<Notice> notices = new ArrayDeque<>();

    private final Map<K, KeyedExchange<K, ?>> pending = new HashMap<>();
    private final Orphans<K> orphans;
    private final Deadlines deadlines;
    private boolean hasWarned;
    private volatile int size;

    Conversations(
            KeyedWire<K> wire, WebSocketWire socket, KeyedProtocol<K> protocol, int maxOrphans, Duration orphanLimit) {
        this.wire = wire;
        this.socket = socket;
        this.protocol = protocol;
        this.orphanLimit = orphanLimit;
        this.orphans = new Orphans<>(maxOrphans, this::ended);
        this.deadlines = new Deadlines(socket.loop(), socket::now, this::look);
    }

    int size() {
        return size;
    }

    // --- requests ---

    void accept(Notice notice) {
        if (isOpen()) {
            notices.add(notice);
        }
    }

    void accept(KeyedExchange<K, ?> exchange) {
        exchange.accepted = true;
        exchange.startedAt = socket.now();
        if (exchange.isCancelled()) {
            ended(exchange);
        } else if (!isOpen()) {
            failed(exchange, wire.lost(exchange, Sent.NO));
        } else {
            if (!exchange.limit().isZero()) {
                deadlines.at(due(exchange));
            }
            waiting.add(exchange);
        }
    }

    void writeAndFlush() {
        write();
        if (!socket.handler().isReading()) {
            socket.writer().flush();
        }
    }

    private void write() {
        while (isOpen() && socket.writer().isFree() && !notices.isEmpty()) {
            socket.writer().write(notices.remove());
        }
        while (isOpen() && socket.writer().isFree() && !waiting.isEmpty()) {
            KeyedExchange<K, ?> next = waiting.remove();
            if (next.isCancelled()) {
                ended(next);
            } else if (register(next)) {
                socket.writer().write(next);
            }
        }
        count();
    }

    private boolean register(KeyedExchange<K, ?> exchange) {
        K key = exchange.key();
        if (pending.containsKey(key) || orphans.has(key)) {
            Throwable why = new IllegalStateException("its key " + key + " is in use");
            failed(exchange, wire.reports().notEncoded(exchange.operation(), why));
            return false;
        }
        pending.put(key, exchange);
        return true;
    }

    void unwritten(KeyedExchange<K, ?> exchange, WeirException why) {
        pending.remove(exchange.key(), exchange);
        failed(exchange, why);
    }

    void cancelled(KeyedExchange<K, ?> exchange) {
        exchange.deliver();
        // A cancel from another thread can overtake the submit: accept() will see it.
        if (exchange.isOver() || !exchange.accepted) {
            return;
        }
        if (waiting.remove(exchange)) {
            ended(exchange);
        } else {
            abandon(exchange);
        }
        count();
    }

    // --- answers ---

    @Override
    public void message(Incoming answer) {
        K key;
        try {
            key = protocol.key(answer);
        } catch (Throwable t) {
            Exceptions.throwIfJvmFatal(t);
            socket.handler().close(wire.reports().notUnderstood(null, t));
            return;
        }
        KeyedExchange<K, ?> exchange = key == null ? null : pending.remove(key);
        if (exchange != null) {
            log(exchange, answer);
            count();
            wire.guarded(() -> exchange.arrived(answer));
            ended(exchange);
            return;
        }
        KeyedExchange<K, ?> orphan = key == null ? null : orphans.remove(key);
        if (orphan != null) {
            log(orphan, answer);
            wire.guarded(() -> orphan.late(answer));
            ended(orphan);
        } else {
            unexpected(key, answer);
        }
    }

    private void log(KeyedExchange<K, ?> exchange, Incoming answer) {
        ByteBuf bytes = answer.content();
        WireLog.in(
                wire, exchange.operation(), exchange.confidential(), bytes, bytes.readerIndex(), bytes.readableBytes());
    }

    private void unexpected(@Nullable K key, Incoming answer) {
        if (!hasWarned) {
            hasWarned = true;
            WireLog.LOG.warn(
                    "[{}] {} sent a message of {} bytes that answers no question under way (key {}): ignored, as will be"
                            + " all others of this connection",
                    wire.id(),
                    wire.endpoint(),
                    answer.content().readableBytes(),
                    key);
        }
        wire.guarded(() -> protocol.unexpected(wire, answer));
    }

    @Override
    public void readComplete() {
        wire.drain();
        count();
    }

    @Override
    public void writable() {
        write();
    }

    // --- ends ---

    private void look() {
        long now = socket.now();
        if (orphans.size() > 0) {
            orphans.forgetThoseBefore(now - orphanLimit.toNanos());
        }
        List<KeyedExchange<K, ?>> due = new ArrayList<>();
        pending.values().forEach(exchange -> sort(exchange, now, due));
        waiting.forEach(exchange -> sort(exchange, now, due));
        due.forEach(this::outOfTime);
        if (orphans.size() > 0) {
            deadlines.at(Deadlines.end(orphans.oldest(), orphanLimit));
        }
        count();
    }

    private void sort(KeyedExchange<K, ?> exchange, long now, List<KeyedExchange<K, ?>> due) {
        if (!exchange.limit().isZero()) {
            if (due(exchange) - now <= 0) {
                due.add(exchange);
            } else {
                deadlines.at(due(exchange));
            }
        }
    }

    private void outOfTime(KeyedExchange<K, ?> exchange) {
        // What the one before set off may have ended this one.
        if (exchange.isOver()) {
            return;
        }
        if (waiting.remove(exchange)) {
            failed(exchange, wire.reports().timeout(exchange.operation(), exchange.limit(), Sent.NO));
        } else if (pending.containsValue(exchange)) {
            WeirException late = wire.reports()
                    .timeout(
                            exchange.operation(),
                            exchange.limit(),
                            socket.writer().sent(exchange));
            wire.guarded(() -> exchange.failOnce(late));
            abandon(exchange);
        }
    }

    private void abandon(KeyedExchange<K, ?> exchange) {
        if (pending.remove(exchange.key(), exchange)) {
            long now = socket.now();
            orphans.add(exchange, now);
            deadlines.at(Deadlines.end(orphans.oldest(), orphanLimit));
            wire.guarded(exchange::abandoned);
        }
    }

    @Override
    public void lost() {
        deadlines.stop();
        List<KeyedExchange<K, ?>> written = new ArrayList<>(pending.values());
        pending.clear();
        written.forEach(
                exchange -> failed(exchange, wire.lost(exchange, socket.writer().sent(exchange))));
        for (KeyedExchange<K, ?> next = waiting.poll(); next != null; next = waiting.poll()) {
            failed(next, wire.lost(next, Sent.NO));
        }
        notices.clear();
        orphans.forgetAll();
        count();
    }

    private boolean isOpen() {
        return !socket.end().hasBegun();
    }

    private void failed(KeyedExchange<K, ?> exchange, WeirException error) {
        wire.guarded(() -> exchange.failOnce(error));
        ended(exchange);
    }

    void ended(KeyedExchange<K, ?> exchange) {
        if (exchange.endOnce()) {
            socket.exchanged(exchange.operation(), exchange.startedAt, exchange.failure(), exchange.isCancelled());
            wire.guarded(exchange::ended);
        }
    }

    private void count() {
        size = pending.size() + waiting.size();
    }

    private static long due(KeyedExchange<?, ?> exchange) {
        return Deadlines.end(exchange.startedAt, exchange.limit());
    }
}
