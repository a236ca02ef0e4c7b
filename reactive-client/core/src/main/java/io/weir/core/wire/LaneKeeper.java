package io.weir.core.wire;

import io.weir.core.Endpoints;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Brings callers and wires together: who is served next and by which wire, and when one more is opened for whom. Within
 * the lanes' drain, but for what says otherwise.
 */
final class LaneKeeper<L extends Lane> {

    private final LaneSettings settings;
    private final LaneDrain drain;
    private final LongSupplier nanoTime;
    private final LaneQueue<L> queue;
    private final SharedLanes<L> shared;
    private final Set<L> own = new HashSet<>();
    private final LaneOpenings<L> openings;
    private final Places places;
    private @Nullable Disposable grace;
    private volatile int wires;
    private volatile boolean stopped;

    LaneKeeper(
            LaneSettings settings,
            LaneDrain drain,
            LaneQueue<L> queue,
            LaneOpenings<L> openings,
            Room room,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.drain = drain;
        this.nanoTime = nanoTime;
        this.queue = queue;
        this.shared = new SharedLanes<>(settings, drain, nanoTime);
        this.openings = openings;
        this.places = new Places(room);
        room.whenFree(this::freed);
    }

    /** Open ones and those that are being opened; from any thread. */
    int wires() {
        return wires;
    }

    /** Something may be free now; from any thread. Called for each answer, so it looks first whether anybody waits. */
    void freed() {
        if (queue.size() != 0) {
            drain.knock();
        }
    }

    /** From now on no wire is taken in any more; from any thread. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    void balance(Endpoints endpoints) {
        shared.balance(endpoints);
    }

    /** Serves whom it can. */
    void serve() {
        while (queue.sharers() > 0) {
            LaneSlot<L> free = shared.choose();
            if (free == null) {
                break;
            }
            if (free.load() > 0 && shared.size() + openings.size() < settings.shared()) {
                openOne();
            }
            SharedCaller<L, ?> next = queue.nextSharer();
            if (next.take(free)) {
                drain.outside(() -> next.begin(free.lane()));
            }
        }
        openForThoseWhoWait();
        queue.startWaiting();
    }

    /** Lets others see what it has, and have what it needs no longer. */
    void count() {
        giveBack();
        wires = total();
    }

    private int total() {
        return shared.size() + own.size() + openings.size();
    }

    private void giveBack() {
        if (places.shrinkTo(total())) {
            drain.outside(places::tellOthers);
        }
    }

    // --- opening --------------------------------------------------------------------------------------------------

    private void openForThoseWhoWait() {
        int wanted = wantedByAll() + Math.min(queue.loners(), left());
        openings.giveUpUnwanted(wanted);
        while (openings.size() < wanted && (hasRoom() || (queue.loners() > 0 && shared.giveWay())) && openOne()) {
            // One more is on its way.
        }
    }

    /** As many as usual at once; one more at a time, and only for somebody who has waited for a while. */
    private int wantedByAll() {
        if (queue.sharers() == 0) {
            return 0;
        }
        int missing = settings.shared() - shared.fit();
        if (missing > 0) {
            return Math.min(missing, queue.sharers());
        }
        long early = settings.grace().toNanos() - queue.firstSharerWaited();
        if (early <= 0) {
            return 1;
        }
        if (grace == null) {
            grace = drain.knockAfter(early, () -> grace = null);
        }
        return 0;
    }

    /** How many more may be somebody's own: one wire is left to all others, so that nobody in a session waits for those in sessions. */
    private int left() {
        return Math.max(0, Math.max(1, settings.most() - 1 - places.ofOthers()) - own.size());
    }

    private boolean hasRoom() {
        giveBack();
        return total() < settings.most() && places.isFree();
    }

    private boolean openOne() {
        if (!hasRoom() || (openings.isResting() && somethingToWaitFor()) || !places.take()) {
            return false;
        }
        openings.begin(this::opened, this::notOpened);
        return true;
    }

    private void opened(L lane) {
        if (stopped) {
            drain.outside(() -> lane.close().subscribe());
        } else if (!givenAway(lane)) {
            LaneSlot<L> slot = new LaneSlot<>(lane, this::freed, nanoTime.getAsLong());
            shared.add(slot);
            lane.whenFree(this::freed);
            watch(lane, () -> shared.remove(slot));
        }
    }

    private boolean givenAway(L lane) {
        while (queue.loners() > 0 && left() > 0 && (queue.sharers() == 0 || shared.size() > 0)) {
            OwnCaller<L> next = queue.nextLoner();
            if (next.claim(LaneCaller.SERVED)) {
                own.add(lane);
                watch(lane, () -> own.remove(lane));
                drain.outside(() -> next.hand(lane));
                return true;
            }
        }
        return false;
    }

    private void watch(L lane, Runnable gone) {
        drain.outside(
                () -> lane.onClose().onErrorComplete().subscribe(nothing -> {}, e -> {}, () -> drain.knock(gone)));
    }

    private void notOpened(Throwable error) {
        if (stopped) {
            return;
        }
        if (queue.loners() > 0) {
            fail(queue.nextLoner(), error);
        }
        if (somethingToWaitFor()) {
            openings.rest();
        } else {
            queue.takeSharers().forEach(caller -> fail(caller, error));
        }
    }

    private boolean somethingToWaitFor() {
        return shared.size() > 0 || openings.size() > 0;
    }

    // --- ends -----------------------------------------------------------------------------------------------------

    private void fail(LaneCaller<L> caller, Throwable error) {
        if (caller.claim(LaneCaller.OVER)) {
            drain.outside(() -> caller.signalError(error));
        }
    }

    void refuseAll(Supplier<? extends Throwable> why) {
        queue.takeAll().forEach(caller -> fail(caller, why.get()));
    }

    /** Closes all wires and gives up those that are being opened. */
    Mono<Void> closeAll() {
        openings.giveUpAll();
        if (grace != null) {
            grace.dispose();
        }
        List<L> all = new ArrayList<>(own);
        own.clear();
        all.addAll(shared.takeAll());
        return Mono.when(all.stream().map(L::close).toList());
    }
}
