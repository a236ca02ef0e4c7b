package io.weir.http.websocket;

import io.weir.core.Endpoint;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.core.wire.Inbox;
import io.weir.core.wire.LossReport;
import io.weir.core.wire.Wire;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * A WebSocket on which answers bear the key of their question and come in any order. Questions may be submitted from any
 * thread, and as many as one likes before the first answer is there.
 *
 * <p>Reading never stops, and each exchange is one question and one answer: what is under way is bounded by the number of
 * exchanges that callers have open, and they bound it.
 */
public final class KeyedWire<K> implements Wire {

    private final WebSocketWire socket;
    private final Inbox<Runnable> inbox;
    private final Conversations<K> conversations;

    private KeyedWire(WebSocketWire socket, KeyedProtocol<K> protocol, int maxOrphans, Duration orphanLimit) {
        this.socket = socket;
        this.conversations = new Conversations<>(this, socket, protocol, maxOrphans, orphanLimit);
        this.inbox =
                new Inbox<>(socket.loop(), socket.handler()::isReading, Runnable::run, conversations::writeAndFlush);
    }

    /** On a fresh WebSocket, within the login: from now on its messages come here. 1024 orphans, for 20 minutes. */
    public static <K> KeyedWire<K> on(WebSocketWire socket, KeyedProtocol<K> protocol) {
        return on(socket, protocol, 1024, Duration.ofMinutes(20));
    }

    /**
     * The same with limits of one's own.
     *
     * @param maxOrphans how many cancelled exchanges are remembered until their answers come
     * @param orphanLimit and for how long
     */
    public static <K> KeyedWire<K> on(
            WebSocketWire socket, KeyedProtocol<K> protocol, int maxOrphans, Duration orphanLimit) {
        KeyedWire<K> wire = new KeyedWire<>(socket, protocol, maxOrphans, orphanLimit);
        socket.listen(wire.conversations);
        return wire;
    }

    /** One exchange per subscription, submitted when subscribed. */
    public <T> Mono<T> exchange(Supplier<? extends KeyedExchange<K, T>> exchanges) {
        return new ExchangeMono<>(this, exchanges);
    }

    /** Tells the server something, from any thread. If the wire ends before, the server is not told, and nobody is. */
    public void tell(Notice notice) {
        inbox.offer(() -> conversations.accept(notice));
    }

    /** How many questions are under way or wait to be written; a moment's figure. */
    public int pending() {
        return conversations.size();
    }

    @Override
    public String id() {
        return socket.id();
    }

    @Override
    public Endpoint endpoint() {
        return socket.endpoint();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public Mono<Void> onClose() {
        return socket.onClose();
    }

    @Override
    public Mono<Void> close() {
        return socket.close();
    }

    @Override
    public void close(WeirException reason) {
        socket.close(reason);
    }

    /** The WebSocket below. */
    public WebSocketWire socket() {
        return socket;
    }

    @Override
    public String toString() {
        return socket.toString();
    }

    void submit(KeyedExchange<K, ?> exchange) {
        inbox.offer(() -> conversations.accept(exchange));
    }

    void drain() {
        inbox.drain();
    }

    Conversations<K> conversations() {
        return conversations;
    }

    LossReport reports() {
        return socket.reports();
    }

    /** In a turn of its own on the loop, or here and now once the loop has ended: what waits has to be let go. */
    void onLoop(Runnable task) {
        try {
            socket.execute(task);
        } catch (RejectedExecutionException loopHasEnded) {
            task.run();
        }
    }

    void guarded(Runnable callback) {
        socket.guarded(callback);
    }

    WeirException lost(KeyedExchange<K, ?> exchange, Sent sent) {
        return socket.loss(exchange.operation(), sent);
    }
}
