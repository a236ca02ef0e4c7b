package io.weir.tdengine.session;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.type.TopicPlace;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A consumer: its one connection, which is replaced when it is lost, and what it has handed out and got back. A new
 * connection goes on behind the last message that was handed out, so that nothing is read twice here; who begins anew,
 * after this program has ended, goes on behind what was committed.
 */
public final class ConsumerLink {

    private static final Logger LOG = LoggerFactory.getLogger("io.weir.query");

    private final Mono<ConsumerWire> connect;
    private final ConsumerSettings settings;
    private final Progress progress = new Progress();
    private @Nullable ConsumerWire wire;
    private @Nullable Mono<ConsumerWire> opening;
    private int opened;
    /** The logs of which the connection has brought something. */
    private final Set<TopicPlace> begun = new HashSet<>();

    private boolean closed;
    private boolean commitIsDue;

    /** @param connect subscribes on a connection of its own each time */
    public ConsumerLink(Mono<ConsumerWire> connect, ConsumerSettings settings) {
        this.connect = connect;
        this.settings = settings;
    }

    // --- the connection -------------------------------------------------------------------------------------------

    /** The connection, which is opened if there is none. */
    public Mono<ConsumerWire> live() {
        return Mono.defer(this::current);
    }

    private synchronized Mono<ConsumerWire> current() {
        if (closed) {
            return Mono.error(closedHere());
        }
        if (wire != null && wire.isOpen()) {
            return Mono.just(wire);
        }
        Mono<ConsumerWire> under = opening;
        if (under == null) {
            under = connect.flatMap(this::opened)
                    .doOnError(error -> notOpened())
                    .cache();
            opening = under;
        }
        return under;
    }

    private synchronized Mono<ConsumerWire> opened(ConsumerWire fresh) {
        opening = null;
        if (closed) {
            return fresh.unsubscribe().then(Mono.error(closedHere()));
        }
        wire = fresh;
        opened++;
        begun.clear();
        if (!progress.committable().isEmpty()) {
            commitLater();
        }
        return Mono.just(fresh);
    }

    private synchronized void notOpened() {
        opening = null;
    }

    private synchronized @Nullable ConsumerWire openOne() {
        return wire != null && wire.isOpen() ? wire : null;
    }

    private static WeirException closedHere() {
        return WeirException.of(ErrorKind.CLOSED, "This consumer is closed: make another one")
                .system("tdengine")
                .sent(WeirException.Sent.NO)
                .build();
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    /** Commits what was processed, leaves the group and closes the connection. Never fails. */
    public Mono<Void> close() {
        return Mono.defer(() -> {
            ConsumerWire last;
            synchronized (this) {
                if (closed) {
                    return Mono.empty();
                }
                closed = true;
                last = openOne();
            }
            if (last == null) {
                return Mono.empty();
            }
            Mono<Void> rest = settings.commitInterval().isZero() ? Mono.empty() : commitOn(last);
            return rest.then(last.unsubscribe());
        });
    }

    // --- messages -------------------------------------------------------------------------------------------------

    /**
     * The messages. Demand is what polls, one message at a time; a lost connection is replaced. Whoever leaves lets the
     * subscription stand, and may come again. Ends when the consumer is closed.
     */
    public Flux<Delivery> deliveries() {
        return new Flux<>() {
            @Override
            public void subscribe(reactor.core.CoreSubscriber<? super Delivery> actual) {
                actual.onSubscribe(new Polling(ConsumerLink.this, settings, actual));
            }
        };
    }

    /** A message, and the connection that it came over. */
    record Handing(ConsumerWire from, Delivery delivery) {}

    /** The next message; empty if none came in time. */
    Mono<Handing> next() {
        return live().flatMap(here -> here.poll().flatMap(delivery -> fresh(here, delivery)));
    }

    /** The first message after a new connection may be one that was handed out before. */
    private Mono<Handing> fresh(ConsumerWire here, Delivery delivery) {
        TopicPlace place = delivery.place();
        long end = progress.end(place);
        if (!begins(place) || delivery.offset() >= end) {
            return Mono.just(new Handing(here, delivery));
        }
        here.passOver(delivery);
        return here.seek(place, end).then(Mono.empty());
    }

    /** Whether this is the first message of its log over a connection that has replaced another one. */
    private synchronized boolean begins(TopicPlace place) {
        return begun.add(place) && opened > 1;
    }

    void handedOut(Handing handing) {
        handing.from().handedOut(handing.delivery());
        progress.handedOut(handing.delivery());
        int rows = handing.delivery().size();
        if (rows > 0) {
            settings.events().rows("tdengine", handing.from().endpoint().toString(), rows);
        }
    }

    // --- offsets --------------------------------------------------------------------------------------------------

    /** A message is done with. It is committed in time. */
    public void processed(Delivery delivery) {
        if (progress.processed(delivery) && !settings.commitInterval().isZero()) {
            commitLater();
        }
    }

    private synchronized void commitLater() {
        if (commitIsDue || closed) {
            return;
        }
        commitIsDue = true;
        Later.after(settings.timers(), settings.commitInterval())
                .then(Mono.defer(() -> {
                    commitIsNotDue();
                    ConsumerWire here = openOne();
                    // A new connection will find what is left to be committed.
                    return here == null ? Mono.empty() : commitOn(here);
                }))
                .subscribe();
    }

    private synchronized void commitIsNotDue() {
        commitIsDue = false;
    }

    /** Each log by itself: one that is another consumer's by now must not keep the others from it. */
    private Mono<Void> commitOn(ConsumerWire here) {
        return Flux.fromIterable(progress.committable().entrySet())
                .concatMap(offset -> commitOn(here, offset))
                .then();
    }

    private Mono<Void> commitOn(ConsumerWire here, Map.Entry<TopicPlace, Long> offset) {
        return here.commit(offset.getKey(), offset.getValue())
                .doOnSuccess(done -> progress.committed(offset.getKey(), offset.getValue()))
                .onErrorResume(WeirException.class, error -> {
                    if (error.sent() == WeirException.Sent.ANSWERED) {
                        progress.committed(offset.getKey(), offset.getValue());
                        LOG.warn(
                                "[{}] The server did not take offset {} of {}: {}",
                                here.id(),
                                offset.getValue(),
                                offset.getKey(),
                                error.getMessage());
                    }
                    return Mono.empty();
                });
    }

    /** Commits all that was processed, now. */
    public Mono<Void> commitProcessed() {
        return live().flatMapMany(
                        here -> Flux.fromIterable(progress.committable().entrySet())
                                .concatMap(offset -> commit(offset.getKey(), offset.getValue())))
                .then();
    }

    public Mono<Void> commit(TopicPlace place, long offset) {
        return live().flatMap(here -> here.commit(place, offset))
                .doOnSuccess(done -> progress.committed(place, offset));
    }

    public Mono<Void> seek(TopicPlace place, long offset) {
        return live().flatMap(here -> here.seek(place, offset)).doOnSuccess(done -> progress.forget(place));
    }

    /** Asks over the connection as it is. */
    public <T> Mono<T> ask(Function<? super ConsumerWire, ? extends Mono<T>> question) {
        return live().flatMap(question);
    }

    @Override
    public String toString() {
        return "consumer of " + settings.spec().group();
    }
}
