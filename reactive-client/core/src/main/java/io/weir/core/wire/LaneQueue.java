package io.weir.core.wire;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who waits for a wire, in the order of coming. Within the lanes' drain, but for {@link #size()}. */
final class LaneQueue<L extends Lane> {

    private final LinkedHashSet<SharedCaller<L, ?>> shared = new LinkedHashSet<>();
    private final LinkedHashSet<OwnCaller<L>> own = new LinkedHashSet<>();
    private final List<LaneCaller<L>> arrivals = new ArrayList<>();
    private volatile int size;

    /** As of the last {@link #count()}; from any thread. */
    int size() {
        return size;
    }

    /** Lets others see how many wait. */
    void count() {
        size = shared.size() + own.size();
    }

    void add(LaneCaller<L> caller) {
        if (caller instanceof SharedCaller<L, ?> sharer) {
            shared.add(sharer);
        } else if (caller instanceof OwnCaller<L> alone) {
            own.add(alone);
        }
        arrivals.add(caller);
    }

    /** Tells whether it waited for a wire of its own: nobody else may have a use for the one that is being opened for it. */
    boolean remove(LaneCaller<L> caller) {
        return !shared.remove(caller) && own.remove(caller);
    }

    /** The patience of those who have come and were not served at once begins. */
    void startWaiting() {
        arrivals.forEach(LaneCaller::waits);
        arrivals.clear();
    }

    /** How many wait for a wire that they share. */
    int sharers() {
        return shared.size();
    }

    /** How many wait for a wire of their own. */
    int loners() {
        return own.size();
    }

    /** Nanoseconds since the first of those who share came; there has to be one. */
    long firstSharerWaited() {
        return shared.iterator().next().waited();
    }

    SharedCaller<L, ?> nextSharer() {
        return next(shared);
    }

    OwnCaller<L> nextLoner() {
        return next(own);
    }

    List<LaneCaller<L>> takeSharers() {
        List<LaneCaller<L>> all = new ArrayList<>(shared);
        shared.clear();
        return all;
    }

    List<LaneCaller<L>> takeAll() {
        List<LaneCaller<L>> all = takeSharers();
        all.addAll(own);
        own.clear();
        return all;
    }

    private static <C> C next(Set<C> queue) {
        Iterator<C> all = queue.iterator();
        C first = all.next();
        all.remove();
        return first;
    }
}
