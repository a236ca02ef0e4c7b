package io.weir.core.wire;

import io.weir.core.Endpoints;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

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

    /** After a wire could not be opened while there are others to wait for, the next try is not made sooner. */
    private static final Duration REST = Duration.ofMillis(250);

    private final String system;
    private final String owner;
    private final LaneSettings settings;
    private final Room room;
    private final Mono<L> open;
    private final Supplier<Duration> rest;
    private final LongSupplier nanoTime;
    private final Timers timers;

    private final Queue<Runnable> inbox =
            Queues.<Runnable>unboundedMultiproducer().get();
    private final AtomicInteger knocks = new AtomicInteger();
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private volatile boolean closing;
    private volatile int waiting;
    private volatile int wires;

    // The rest belongs to the drain.
    private final List<LaneSlot<L>> slots = new ArrayList<>();
    private final Set<L> own = new HashSet<>();
    private final LinkedHashSet<SharedCaller<L, ?>> sharedQueue = new LinkedHashSet<>();
    private final LinkedHashSet<OwnCaller<L>> ownQueue = new LinkedHashSet<>();
    private final List<LaneCaller<L>> arrivals = new ArrayList<>();
    private final Set<Disposable> opening = new HashSet<>();
    private List<Runnable> outside = new ArrayList<>();
    private @Nullable Throwable lastFailure;
    private @Nullable Disposable resting;
    private @Nullable Disposable sweeper;
    private @Nullable Disposable grace;
    /** Places of the room that these lanes hold. */
    private int places;

    private boolean gaveBack;

    /** Openings that nobody waits for any longer. */
    private int unwanted;

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
        this.room = room;
        this.system = system;
        this.owner = owner;
        this.settings = settings;
        this.open = open.switchIfEmpty(Mono.error(() -> new IllegalStateException("A wire was opened and none came")));
        this.rest = rest;
        this.nanoTime = nanoTime;
        this.timers = timers;
        room.whenFree(this::freed);
    }

    /**
     * Runs a call of one request on a shared wire, chosen for each subscriber at his first demand.
     *
     * <p>If the wire is lost and the call fails with {@link Sent#NO} before any value came, it is made again on another
     * one.
     *
     * @param limit how long to wait for a wire, if that is less than the settings say; zero leaves it to them
     * @param call must leave the session as it was
     */
    public <T> Flux<T> use(Duration limit, Function<? super L, ? extends Publisher<T>> call) {
        return shared(limit, true, call);
    }

    /**
     * The same for a call that may make several requests: it stays on the wire that it got, because the last of them may
     * not have been written while the first has run.
     */
    public <T> Flux<T> stay(Duration limit, Function<? super L, ? extends Publisher<T>> call) {
        return shared(limit, false, call);
    }

    private <T> Flux<T> shared(Duration limit, boolean movable, Function<? super L, ? extends Publisher<T>> call) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                actual.onSubscribe(new SharedCaller<>(Lanes.this, shorter(limit), call, movable, actual));
            }
        };
    }

    /** A wire for each subscriber alone, who closes it. It counts as long as it is open. */
    public Mono<L> own(Duration limit) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super L> actual) {
                actual.onSubscribe(new OwnCaller<>(Lanes.this, shorter(limit), actual));
            }
        };
    }

    /** Closes all wires, also those that were lent. Calls under way and callers that wait fail. */
    public Mono<Void> close() {
        return Mono.defer(() -> {
            closing = true;
            drain();
            return closed.asMono();
        });
    }

    /** Completes once all is closed. */
    public Mono<Void> onClose() {
        return closed.asMono();
    }

    /** Whether it has not been closed. */
    public boolean isOpen() {
        return !closing;
    }

    /** How many wires are open or being opened. */
    public int wires() {
        return wires;
    }

    /**
     * Gives up shared wires of hosts that have more than their share, or, where hosts are tried in order, of all but the
     * first: they take no new calls, are closed when those that they have are over, and are replaced as callers need it.
     * For hosts that have come back. Wires of somebody's own stay.
     */
    public void balance(Endpoints endpoints) {
        knock(() -> {
            Balance.surplus(slots.stream().filter(LaneSlot::isFit).toList(), endpoints)
                    .forEach(LaneSlot::leave);
            retireSpent();
        });
    }

    /** How many callers wait. */
    public int waiting() {
        return waiting;
    }

    // --- what callers and slots need ------------------------------------------------------------------------------

    long now() {
        return nanoTime.getAsLong();
    }

    void knock(Runnable task) {
        inbox.offer(task);
        drain();
    }

    /** Something may be free now. Called for each answer, so it looks first whether anybody waits. */
    void freed() {
        if (waiting != 0) {
            drain();
        }
    }

    /** Within the drain. */
    void queue(LaneCaller<L> caller) {
        if (caller instanceof SharedCaller<L, ?> shared) {
            sharedQueue.add(shared);
        } else if (caller instanceof OwnCaller<L> alone) {
            ownQueue.add(alone);
        }
        arrivals.add(caller);
    }

    /** Within the drain. */
    void unqueue(LaneCaller<L> caller) {
        if (!sharedQueue.remove(caller) && ownQueue.remove(caller)) {
            unwanted++;
        }
    }

    Disposable after(long nanos, Runnable task) {
        try {
            return timers.after(nanos, task);
        } catch (RejectedExecutionException programEnds) {
            return Disposables.disposed();
        }
    }

    WeirException overload(Duration waited) {
        Throwable failure = lastFailure;
        return WeirException.of(
                        ErrorKind.OVERLOAD,
                        "No connection was free within " + waited.toMillis() + " ms: " + owner + " has " + wires
                                + " (options maxWires=" + settings.most() + ", sharedWires=" + settings.shared()
                                + "), all are busy or in somebody's hands, and " + waiting + " callers wait (option"
                                + " waitTimeout). Ask for less at once, give sessions back sooner, or raise these"
                                + (failure == null ? "" : ". The last try to open one failed: " + failure.getMessage()))
                .system(system)
                .sent(Sent.NO)
                .cause(failure)
                .build();
    }

    private Duration shorter(Duration limit) {
        Duration wait = settings.patience();
        return limit.isZero() || (!wait.isZero() && wait.compareTo(limit) < 0) ? wait : limit;
    }

    // --- the drain ------------------------------------------------------------------------------------------------

    private void drain() {
        if (knocks.getAndIncrement() != 0) {
            return;
        }
        List<Runnable> mine = List.of();
        boolean tell = false;
        int heard = 1;
        do {
            for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
                task.run();
            }
            if (closing) {
                shutDown();
            } else {
                waiting = sharedQueue.size() + ownQueue.size();
                serve();
            }
            waiting = sharedQueue.size() + ownQueue.size();
            giveBack();
            tell |= gaveBack;
            gaveBack = false;
            wires = total();
            mine = taken(mine);
            heard = knocks.addAndGet(-heard);
        } while (heard != 0);
        mine.forEach(Runnable::run);
        if (tell) {
            room.tell();
        }
    }

    /** Places of wires that are gone. */
    private void giveBack() {
        int spare = places - total();
        if (spare > 0) {
            places -= spare;
            room.giveBack(spare);
            gaveBack = true;
        }
    }

    private List<Runnable> taken(List<Runnable> before) {
        if (outside.isEmpty()) {
            return before;
        }
        List<Runnable> all = outside;
        outside = new ArrayList<>();
        all.addAll(0, before);
        return all;
    }

    private void serve() {
        while (!sharedQueue.isEmpty()) {
            LaneSlot<L> free = choose();
            if (free == null) {
                break;
            }
            if (free.load() > 0 && slots.size() + opening.size() < settings.shared()) {
                openOne();
            }
            SharedCaller<L, ?> first = first(sharedQueue);
            if (first.take(free)) {
                outside.add(() -> first.begin(free.lane()));
            }
        }
        openForThoseWhoWait();
        arrivals.forEach(LaneCaller::waits);
        arrivals.clear();
    }

    private static <C> C first(Set<C> queue) {
        Iterator<C> all = queue.iterator();
        C first = all.next();
        all.remove();
        return first;
    }

    private @Nullable LaneSlot<L> choose() {
        LaneSlot<L> best = null;
        int least = Integer.MAX_VALUE;
        boolean spent = false;
        for (LaneSlot<L> slot : slots) {
            int load = slot.load();
            spent |= slot.isSpent();
            if (load < least && slot.takesWork(settings)) {
                best = slot;
                least = load;
            }
        }
        if (spent) {
            retireSpent();
        }
        return best;
    }

    private void retireSpent() {
        List.copyOf(slots).stream().filter(LaneSlot::isSpent).forEach(this::retire);
    }

    private void openForThoseWhoWait() {
        int wanted = wantedByAll() + Math.min(ownQueue.size(), left());
        for (; unwanted > 0; unwanted--) {
            if (opening.size() > wanted) {
                giveUp(opening.iterator().next());
            }
        }
        while (opening.size() < wanted && (hasRoom() || makeRoom()) && openOne()) {
            // One more is on its way.
        }
    }

    /** As many as usual at once; one more at a time, and only for somebody who has waited for a while. */
    private int wantedByAll() {
        if (sharedQueue.isEmpty()) {
            return 0;
        }
        int missing =
                settings.shared() - (int) slots.stream().filter(LaneSlot::isFit).count();
        if (missing > 0) {
            return Math.min(missing, sharedQueue.size());
        }
        long early = settings.grace().toNanos() - sharedQueue.iterator().next().waited();
        if (early <= 0) {
            return 1;
        }
        if (grace == null) {
            grace = after(early, () -> knock(() -> grace = null));
        }
        return 0;
    }

    private void giveUp(Disposable attempt) {
        opening.remove(attempt);
        outside.add(attempt::dispose);
    }

    /** How many more may be somebody's own: one wire is left to all others, so that nobody in a session waits for those in sessions. */
    private int left() {
        int others = room.taken() - places;
        return Math.max(0, Math.max(1, settings.most() - 1 - others) - own.size());
    }

    private int total() {
        return slots.size() + own.size() + opening.size();
    }

    private boolean hasRoom() {
        giveBack();
        return total() < settings.most() && room.isFree();
    }

    /** A shared wire that nobody uses gives way to one that somebody wants for himself; the last one stays. */
    private boolean makeRoom() {
        if (ownQueue.isEmpty() || slots.size() < (settings.most() == 1 ? 1 : 2)) {
            return false;
        }
        for (LaneSlot<L> slot : slots) {
            if (slot.isIdle()) {
                retire(slot);
                return true;
            }
        }
        return false;
    }

    private void retire(LaneSlot<L> slot) {
        slots.remove(slot);
        outside.add(() -> slot.lane().close().subscribe());
    }

    // --- opening --------------------------------------------------------------------------------------------------

    private boolean openOne() {
        if (!hasRoom() || (resting != null && somethingToWaitFor())) {
            return false;
        }
        if (!room.take()) {
            return false;
        }
        places++;
        Disposable.Swap attempt = Disposables.swap();
        opening.add(attempt);
        outside.add(() -> attempt.update(open.subscribe(
                lane -> knock(() -> opened(attempt, lane)),
                error -> knock(() -> notOpened(attempt, error)),
                () -> {})));
        return true;
    }

    private void opened(Disposable attempt, L lane) {
        if (!opening.remove(attempt) || closing) {
            outside.add(() -> lane.close().subscribe());
            return;
        }
        lastFailure = null;
        while (!ownQueue.isEmpty() && left() > 0 && (sharedQueue.isEmpty() || !slots.isEmpty())) {
            OwnCaller<L> first = first(ownQueue);
            if (first.claim(LaneCaller.SERVED)) {
                own.add(lane);
                watch(lane, () -> own.remove(lane));
                outside.add(() -> first.hand(lane));
                return;
            }
        }
        LaneSlot<L> slot = new LaneSlot<>(this, lane, now());
        slots.add(slot);
        lane.whenFree(this::freed);
        watch(lane, () -> slots.remove(slot));
        sweepLater();
    }

    private void watch(L lane, Runnable gone) {
        outside.add(() -> lane.onClose().onErrorComplete().subscribe(nothing -> {}, e -> {}, () -> knock(gone)));
    }

    private void notOpened(Disposable attempt, Throwable error) {
        if (!opening.remove(attempt) || closing) {
            return;
        }
        lastFailure = error;
        if (!ownQueue.isEmpty()) {
            fail(first(ownQueue), error);
        }
        if (!somethingToWaitFor()) {
            List.copyOf(sharedQueue).forEach(caller -> fail(caller, error));
            sharedQueue.clear();
        } else if (resting == null) {
            Duration hosts = rest.get();
            Duration pause = hosts.compareTo(REST) > 0 ? hosts : REST;
            resting = after(pause.toNanos(), () -> knock(() -> resting = null));
        }
    }

    private boolean somethingToWaitFor() {
        return !slots.isEmpty() || !opening.isEmpty();
    }

    private void fail(LaneCaller<L> caller, Throwable error) {
        if (caller.claim(LaneCaller.OVER)) {
            outside.add(() -> caller.signalError(error));
        }
    }

    // --- closing --------------------------------------------------------------------------------------------------

    /** Shared wires beyond the usual number go once nobody has used them for a while. */
    private void sweepLater() {
        if (sweeper == null && slots.size() > settings.shared()) {
            sweeper = after(settings.idle().toNanos(), () -> knock(this::sweep));
        }
    }

    private void sweep() {
        sweeper = null;
        if (closing) {
            return;
        }
        long now = now();
        for (LaneSlot<L> slot : List.copyOf(slots)) {
            if (slots.size() > settings.shared()
                    && slot.isIdleFor(settings.idle().toNanos(), now)) {
                retire(slot);
            }
        }
        sweepLater();
    }

    private void shutDown() {
        List<LaneCaller<L>> callers = new ArrayList<>(sharedQueue);
        callers.addAll(ownQueue);
        sharedQueue.clear();
        ownQueue.clear();
        callers.forEach(caller -> fail(caller, closedError()));
        if (shut) {
            return;
        }
        shut = true;
        stop(resting);
        stop(sweeper);
        stop(grace);
        opening.forEach(attempt -> outside.add(attempt::dispose));
        List<L> all = new ArrayList<>(own);
        slots.forEach(slot -> all.add(slot.lane()));
        slots.clear();
        own.clear();
        opening.clear();
        outside.add(() -> Mono.when(all.stream().map(L::close).toList())
                .subscribe(nothing -> {}, e -> closed.tryEmitEmpty(), closed::tryEmitEmpty));
    }

    private static void stop(@Nullable Disposable timer) {
        if (timer != null) {
            timer.dispose();
        }
    }

    private WeirException closedError() {
        return WeirException.of(ErrorKind.CLOSED, "This " + owner + " was closed: make a new one")
                .system(system)
                .sent(Sent.NO)
                .build();
    }
}
