package io.weir.core.wire;

import io.weir.core.Endpoints;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The wires of one client: few that callers share, and those that somebody has for himself.
 *
 * <p>A shared call goes to the wire with the least work. A wire gets none while it has as many calls as it may have, while
 * the request whose turn it is takes long, or while a reader holds it back: then another wire is opened, as far as
 * {@link LaneSettings#most()} allows, and who finds none waits, first come, first served, until his time is over
 * ({@link ErrorKind#OVERLOAD}). A wire that is lost is replaced when somebody needs one.
 *
 * <p>Everything happens in one drain, which is run by whoever comes first and leaves work to it; no lock is held, and no
 * code of a caller runs inside.
 *
 * @param <L> the system's session
 */
public final class Lanes<L extends Lane> {

    private final String system;
    private final String owner;
    private final LaneSettings settings;
    private final LongSupplier nanoTime;
    private final LaneDrain drain;
    private final LaneQueue<L> queue = new LaneQueue<>();
    private final LaneOpenings<L> openings;
    private final LaneKeeper<L> keeper;
    private final Sinks.Empty<Void> closed = Sinks.empty();
    /** Belongs to the drain. */
    private boolean shut;

    /**
     * @param system the system's name in errors, such as {@code iotdb}
     * @param owner who has these wires, for error texts, such as {@code client root at h:6667}; no secret
     * @param open opens a wire, logged in
     * @param rest how long the hosts should still be left alone; asked after a wire could not be opened
     * @param nanoTime the clock, such as {@code System::nanoTime}
     * @param timers runs what is due later
     */
    public Lanes(
            String system,
            String owner,
            LaneSettings settings,
            Mono<L> open,
            Supplier<Duration> rest,
            LongSupplier nanoTime,
            Timers timers) {
        this(system, owner, settings, new Room(settings.most()), open, rest, nanoTime, timers);
    }

    /** @param room shared with other lanes; the other parameters are those of the other constructor */
    public Lanes(
            String system,
            String owner,
            LaneSettings settings,
            Room room,
            Mono<L> open,
            Supplier<Duration> rest,
            LongSupplier nanoTime,
            Timers timers) {
        this.system = system;
        this.owner = owner;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.drain = new LaneDrain(timers, this::turn);
        this.openings = new LaneOpenings<>(open, rest, drain);
        this.keeper = new LaneKeeper<>(settings, drain, queue, openings, room, nanoTime);
    }

    /**
     * Runs a call of one request on a shared wire, chosen for each subscriber at his first demand.
     *
     * <p>If the wire is lost and the call fails with {@link Sent#NO} before any value came, it is made again on another
     * one.
     *
     * @param limit for the whole call, counted from its subscription, the waiting for a wire included; zero means none. It
     *     does not wait longer than the settings say in any case
     * @param call gets the wire and what is left of the limit; must leave the session as it was
     */
    public <T> Flux<T> use(Duration limit, BiFunction<? super L, ? super Deadline, ? extends Publisher<T>> call) {
        return shared(limit, true, call);
    }

    /**
     * The same for a call that may make several requests: it stays on the wire that it got, because the last of them may
     * not have been written while the first has run.
     */
    public <T> Flux<T> stay(Duration limit, BiFunction<? super L, ? super Deadline, ? extends Publisher<T>> call) {
        return shared(limit, false, call);
    }

    private <T> Flux<T> shared(
            Duration limit, boolean movable, BiFunction<? super L, ? super Deadline, ? extends Publisher<T>> call) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                actual.onSubscribe(new SharedCaller<>(Lanes.this, limit, settings.patience(), call, movable, actual));
            }
        };
    }

    /**
     * A wire for each subscriber alone, who closes it. It counts as long as it is open.
     *
     * @param limit how long to wait for it, if that is less than the settings say; zero leaves it to them
     */
    public Mono<L> own(Duration limit) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super L> actual) {
                actual.onSubscribe(new OwnCaller<>(Lanes.this, limit, settings.patience(), actual));
            }
        };
    }

    /** Closes all wires, also those that were lent. Calls under way and callers that wait fail. */
    public Mono<Void> close() {
        return Mono.defer(() -> {
            keeper.stop();
            drain.knock();
            return closed.asMono();
        });
    }

    /** Completes once all is closed. */
    public Mono<Void> onClose() {
        return closed.asMono();
    }

    /** Whether it has not been closed. */
    public boolean isOpen() {
        return !keeper.isStopped();
    }

    /** How many wires are open or being opened. */
    public int wires() {
        return keeper.wires();
    }

    /**
     * Gives up shared wires of hosts that have more than their share, or, where hosts are tried in order, of all but the
     * first: they take no new calls, are closed when those that they have are over, and are replaced as callers need it.
     * For hosts that have come back. Wires of somebody's own stay.
     */
    public void balance(Endpoints endpoints) {
        knock(() -> keeper.balance(endpoints));
    }

    /** How many callers wait. */
    public int waiting() {
        return queue.size();
    }

    // --- what callers need ---------------------------------------------------------------------------------------

    long now() {
        return nanoTime.getAsLong();
    }

    void knock(Runnable task) {
        drain.knock(task);
    }

    /** Within the drain. */
    void queue(LaneCaller<L> caller) {
        queue.add(caller);
    }

    /** Within the drain. */
    void unqueue(LaneCaller<L> caller) {
        if (queue.remove(caller)) {
            openings.oneIsUnwanted();
        }
    }

    Disposable after(long nanos, Runnable task) {
        return drain.after(nanos, task);
    }

    WeirException overload(Duration waited) {
        Throwable failure = openings.lastFailure();
        return WeirException.of(
                        ErrorKind.OVERLOAD,
                        "No connection was free within " + waited.toMillis() + " ms: " + owner + " has " + wires()
                                + " (options maxWires=" + settings.most() + ", sharedWires=" + settings.shared()
                                + "), all are busy or in somebody's hands, and " + waiting() + " callers wait (option"
                                + " waitTimeout). Ask for less at once, give sessions back sooner, or raise these"
                                + (failure == null ? "" : ". The last try to open one failed: " + failure.getMessage()))
                .system(system)
                .sent(Sent.NO)
                .cause(failure)
                .build();
    }

    // --- the drain ------------------------------------------------------------------------------------------------

    private void turn() {
        if (keeper.isStopped()) {
            shutDown();
        } else {
            // Told before a wire is looked for: one that is freed meanwhile knocks only if somebody waits.
            queue.count();
            keeper.serve();
        }
        queue.count();
        keeper.count();
    }

    private void shutDown() {
        keeper.refuseAll(this::closedError);
        if (!shut) {
            shut = true;
            Mono<Void> end = keeper.closeAll();
            drain.outside(() -> end.subscribe(nothing -> {}, e -> closed.tryEmitEmpty(), closed::tryEmitEmpty));
        }
    }

    private WeirException closedError() {
        return WeirException.of(ErrorKind.CLOSED, "This " + owner + " was closed: make a new one")
                .system(system)
                .sent(Sent.NO)
                .build();
    }
}
