package io.weir.core;

/** What subscribers ask for. */
public final class Demand {

    private Demand() {}

    /** The error of a subscriber who asks for less than one element, which Reactive Streams (3.9) forbid. */
    public static IllegalArgumentException refused(long n) {
        return new IllegalArgumentException(
                "A subscriber asked for " + n + " elements; it has to be more than zero (rule 3.9)");
    }
}
