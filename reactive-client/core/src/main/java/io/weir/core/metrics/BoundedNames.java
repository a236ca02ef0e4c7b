package io.weir.core.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets a limited number of names through, and makes all later ones one. */
final class BoundedNames {

    static final String OTHER = "other";

    private final int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    BoundedNames(int most) {
        this.most = most;
    }

    /** The name itself, or {@link #OTHER} once there are too many. The empty one stands for none and is always let through. */
    String of(String name) {
        if (name.isEmpty() || known.contains(name)) {
            return name;
        }
        if (known.size() < most) {
            synchronized (this) { // so that two at once do not pass the limit; over as soon as it is reached
                if (known.size() < most) {
                    known.add(name);
                }
            }
        }
        return known.contains(name) ? name : OTHER;
    }
}
