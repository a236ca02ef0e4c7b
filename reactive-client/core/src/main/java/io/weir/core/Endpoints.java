package io.weir.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The hosts of one store, in which order to try them, and what is remembered against them. Shared by everything that
 * connects on behalf of one client.
 */
public final class Endpoints {

    /** Which host is tried first. */
    public enum Choice {
        /** As they are written: the first one, and the next only if it fails. */
        IN_ORDER,
        /** Each one in turn. */
        ROUND_ROBIN,
        /** Any. */
        RANDOM,
        /** The one to which there are the fewest connections, those included that are being opened; of equal ones each in turn. */
        LEAST_CONNECTIONS
    }

    private final List<Endpoint> all;
    private final Map<Endpoint, Backoff> backoffs = new LinkedHashMap<>();
    private final Map<Endpoint, AtomicInteger> connections = new LinkedHashMap<>();
    private final Choice choice;
    private final DoubleSupplier random;
    private final AtomicInteger turn = new AtomicInteger();

    private Endpoints(
            List<Endpoint> hosts, Choice choice, Backoff.Timing timing, LongSupplier nanoTime, DoubleSupplier random) {
        for (Endpoint host : hosts) {
            backoffs.putIfAbsent(host, new Backoff(host, timing, nanoTime, random));
            connections.putIfAbsent(host, new AtomicInteger());
        }
        if (backoffs.isEmpty()) {
            throw new IllegalArgumentException("At least one host is needed");
        }
        this.all = List.copyOf(backoffs.keySet());
        this.choice = choice;
        this.random = random;
    }

    /** These hosts, with {@link Backoff.Timing#STANDARD}; one that is named twice counts once. */
    public static Endpoints of(List<Endpoint> hosts, Choice choice) {
        return of(hosts, choice, Backoff.Timing.STANDARD);
    }

    /** These hosts, left alone as long as that says after they have failed; one that is named twice counts once. */
    public static Endpoints of(List<Endpoint> hosts, Choice choice, Backoff.Timing timing) {
        return of(
                hosts,
                choice,
                timing,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** The same with a clock and chance of one's own, for tests. */
    public static Endpoints of(
            List<Endpoint> hosts, Choice choice, Backoff.Timing timing, LongSupplier nanoTime, DoubleSupplier random) {
        return new Endpoints(hosts, choice, timing, nanoTime, random);
    }

    /** All of them, as they are written. */
    public List<Endpoint> all() {
        return all;
    }

    /**
     * All of them in the order in which to try them now: first those that nothing is held against, then those that
     * should still be left alone, the one with the shortest wait first. Never empty: when all have failed, waiting is the
     * caller's decision.
     */
    public List<Endpoint> candidates() {
        List<Endpoint> order = ordered();
        if (order.size() > 1) {
            // The waits are read once: a comparison that changes while a list is sorted is an error.
            Map<Endpoint, Long> waits = new LinkedHashMap<>();
            order.forEach(e -> waits.put(e, backoff(e).remaining().toNanos()));
            order.sort(Comparator.comparing(waits::get));
        }
        return order;
    }

    /**
     * What is remembered against one of them.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public Backoff backoff(Endpoint endpoint) {
        Backoff backoff = backoffs.get(endpoint);
        if (backoff == null) {
            throw new IllegalArgumentException(endpoint + " is none of " + all);
        }
        return backoff;
    }

    public Choice choice() {
        return choice;
    }

    /** How long all of them should still be left alone; zero: at least one may be tried. */
    public Duration rest() {
        return all.stream()
                .map(host -> backoff(host).remaining())
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** How many connections there are to one of them, those included that are being opened. */
    public int connections(Endpoint endpoint) {
        return counter(endpoint).get();
    }

    /** A connection is being opened. */
    public void opening(Endpoint endpoint) {
        counter(endpoint).incrementAndGet();
    }

    /** It has ended, or did not come about. */
    public void ended(Endpoint endpoint) {
        counter(endpoint).decrementAndGet();
    }

    @Override
    public String toString() {
        return all.toString();
    }

    private AtomicInteger counter(Endpoint endpoint) {
        AtomicInteger counter = connections.get(endpoint);
        if (counter == null) {
            throw new IllegalArgumentException(endpoint + " is none of " + all);
        }
        return counter;
    }

    private List<Endpoint> ordered() {
        List<Endpoint> order = new ArrayList<>(all);
        switch (choice) {
            case IN_ORDER -> {}
            case ROUND_ROBIN -> turn(order);
            case LEAST_CONNECTIONS -> {
                turn(order);
                // Read once, as the waits are.
                Map<Endpoint, Integer> counts = new LinkedHashMap<>();
                order.forEach(host -> counts.put(host, connections(host)));
                order.sort(Comparator.comparing(counts::get));
            }
            case RANDOM -> {
                for (int i = order.size() - 1; i > 0; i--) {
                    Collections.swap(order, i, (int) (random.getAsDouble() * (i + 1)));
                }
            }
        }
        return order;
    }

    private void turn(List<Endpoint> order) {
        Collections.rotate(order, -Math.floorMod(turn.getAndIncrement(), order.size()));
    }
}
