package io.weir.core.wire;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** How many wires several {@link Lanes} may have together. */
public final class Room {

    private final AtomicInteger taken;
    private final List<Runnable> listeners;
    private final int most;

    public Room(int most) {
        this(new AtomicInteger(), new CopyOnWriteArrayList<>(), most);
    }

    private Room(AtomicInteger taken, List<Runnable> listeners, int most) {
        this.taken = taken;
        this.listeners = listeners;
        this.most = most;
    }

    /** The same room for those who leave its last places to others. */
    public Room leaving(int places) {
        return new Room(taken, listeners, most - places);
    }

    boolean isFree() {
        return taken.get() < most;
    }

    boolean take() {
        for (int before = taken.get(); before < most; before = taken.get()) {
            if (taken.compareAndSet(before, before + 1)) {
                return true;
            }
        }
        return false;
    }

    void giveBack(int wires) {
        taken.addAndGet(-wires);
    }

    int taken() {
        return taken.get();
    }

    /** Whom to tell that somebody has given a place back. */
    void whenFree(Runnable listener) {
        listeners.add(listener);
    }

    void tell() {
        listeners.forEach(Runnable::run);
    }
}
