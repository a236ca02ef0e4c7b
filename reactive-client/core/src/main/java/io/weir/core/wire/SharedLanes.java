package io.weir.core.wire;

import io.weir.core.Endpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** The wires that callers share: which one takes the next call, and which ones go. Within the lanes' drain. */
final class SharedLanes<L extends Lane> {

    private final LaneSettings settings;
    private final LaneDrain drain;
    private final LongSupplier nanoTime;
    private final List<LaneSlot<L>> slots = new ArrayList<>();
    private @Nullable Disposable sweeper;

    SharedLanes(LaneSettings settings, LaneDrain drain, LongSupplier nanoTime) {
        this.settings = settings;
        this.drain = drain;
        this.nanoTime = nanoTime;
    }

    int size() {
        return slots.size();
    }

    /** How many will take work again. */
    int fit() {
        return (int) slots.stream().filter(LaneSlot::isFit).count();
    }

    void add(LaneSlot<L> slot) {
        slots.add(slot);
        sweepLater();
    }

    void remove(LaneSlot<L> slot) {
        slots.remove(slot);
    }

    /** The one with the least work among those that take some; null if none does. */
    @Nullable LaneSlot<L> choose() {
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

    /** See {@link Lanes#balance}. */
    void balance(Endpoints endpoints) {
        Balance.surplus(slots.stream().filter(LaneSlot::isFit).toList(), endpoints)
                .forEach(LaneSlot::leave);
        retireSpent();
    }

    /** Gives up one that nobody uses, so that somebody can have one for himself; the last of several stays. */
    boolean giveWay() {
        if (slots.size() < (settings.most() == 1 ? 1 : 2)) {
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

    private void retireSpent() {
        List.copyOf(slots).stream().filter(LaneSlot::isSpent).forEach(this::retire);
    }

    private void retire(LaneSlot<L> slot) {
        slots.remove(slot);
        drain.outside(() -> slot.lane().close().subscribe());
    }

    /** Those beyond the usual number go once nobody has used them for a while. */
    private void sweepLater() {
        if (sweeper == null && slots.size() > settings.shared()) {
            sweeper = drain.knockAfter(settings.idle().toNanos(), this::sweep);
        }
    }

    private void sweep() {
        sweeper = null;
        long now = nanoTime.getAsLong();
        for (LaneSlot<L> slot : List.copyOf(slots)) {
            if (slots.size() > settings.shared()
                    && slot.isIdleFor(settings.idle().toNanos(), now)) {
                retire(slot);
            }
        }
        sweepLater();
    }

    /** Lets all of them go, for somebody else to close. */
    List<L> takeAll() {
        if (sweeper != null) {
            sweeper.dispose();
        }
        List<L> all = new ArrayList<>();
        slots.forEach(slot -> all.add(slot.lane()));
        slots.clear();
        return all;
    }
}
