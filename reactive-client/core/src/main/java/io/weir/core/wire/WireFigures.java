package io.weir.core.wire;

import org.jspecify.annotations.Nullable;

/** What {@link Lanes} look at to choose a wire: a moment's figures, written on the event loop and read from any thread. */
final class WireFigures {

    private static final long NOBODY = Long.MIN_VALUE;

    private final FifoWire wire;
    private volatile int pending;
    private volatile long turnBegan = NOBODY;
    private volatile boolean heldBack;
    private volatile @Nullable Runnable whenFree;

    WireFigures(FifoWire wire) {
        this.wire = wire;
    }

    int pending() {
        return pending;
    }

    void pending(int exchanges) {
        pending = exchanges;
    }

    /** Nanoseconds since the turn of the exchange at the head began: it was written, and the one before it was answered. */
    long headAge() {
        long began = turnBegan;
        return began == NOBODY ? 0 : Math.max(0, wire.now() - began);
    }

    boolean isSomebodysTurn() {
        return turnBegan != NOBODY;
    }

    void turnBegins(long at) {
        turnBegan = at;
    }

    void turnEnds() {
        turnBegan = NOBODY;
    }

    boolean isHeldBack() {
        return heldBack;
    }

    void heldBack(boolean yes) {
        heldBack = yes;
    }

    void whenFree(Runnable listener) {
        whenFree = listener;
    }

    /** The head has changed or takes frames again. */
    void freed() {
        Runnable listener = whenFree;
        if (listener != null) {
            wire.guarded(listener);
        }
    }
}
