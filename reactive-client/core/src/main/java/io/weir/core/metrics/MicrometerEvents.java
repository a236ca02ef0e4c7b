package io.weir.core.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.weir.core.ClientEvents;
import io.weir.core.ErrorKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Events of clients as Micrometer meters. Give it to a client as its {@link ClientEvents}; one instance may serve many.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>Name</th><th>Type</th><th>Tags</th></tr>
 * <tr><td>{@code weir.client.connect}</td><td>timer: TCP, TLS and login</td><td>system, endpoint, outcome</td></tr>
 * <tr><td>{@code weir.client.exchange}</td><td>timer: a request until the end of its answer</td>
 *     <td>system, endpoint, operation, outcome</td></tr>
 * <tr><td>{@code weir.client.rows}</td><td>counter: rows handed to callers</td><td>system, endpoint</td></tr>
 * <tr><td>{@code weir.client.errors}</td><td>counter: failed connects, failed requests, lost connections</td>
 *     <td>system, endpoint, operation, kind</td></tr>
 * <tr><td>{@code weir.client.connections}</td><td>gauge: open connections</td><td>system, endpoint</td></tr>
 * </table>
 *
 * <p>{@code outcome} is {@code success} or {@code error}; {@code kind} is an {@link ErrorKind} in lower case. Of
 * endpoints and of operations the first {@value #MOST_NAMES} get meters of their own, the rest share {@code other}: a
 * program that makes up addresses can not fill the registry.
 */
public final class MicrometerEvents implements ClientEvents {

    /** How many endpoints, and how many operations, are told apart. */
    public static final int MOST_NAMES = 100;

    /** What a meter is found by: looking it up in the registry would build its tags anew each time. Empty means no tag. */
    private record Key(String meter, String system, String endpoint, String operation, String outcome) {}

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Key, AtomicInteger> connections = new ConcurrentHashMap<>();
    private final BoundedNames endpoints = new BoundedNames(MOST_NAMES);
    private final BoundedNames operations = new BoundedNames(MOST_NAMES);

    public MicrometerEvents(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    @Override
    public void connected(String system, String endpoint, Duration took) {
        timer("weir.client.connect", system, endpoint, "", "success").record(took);
        connections(system, endpoint).incrementAndGet();
    }

    @Override
    public void connectFailed(String system, String endpoint, Duration took, ErrorKind kind) {
        timer("weir.client.connect", system, endpoint, "", "error").record(took);
        error(system, endpoint, "connect", kind);
    }

    @Override
    public void disconnected(String system, String endpoint, boolean lost) {
        connections(system, endpoint).decrementAndGet();
        if (lost) {
            error(system, endpoint, "connection", ErrorKind.CLOSED);
        }
    }

    @Override
    public void exchanged(String system, String endpoint, String operation, Duration took) {
        timer("weir.client.exchange", system, endpoint, operation, "success").record(took);
    }

    @Override
    public void exchangeFailed(String system, String endpoint, String operation, Duration took, ErrorKind kind) {
        timer("weir.client.exchange", system, endpoint, operation, "error").record(took);
        error(system, endpoint, operation, kind);
    }

    @Override
    public void rows(String system, String endpoint, int rows) {
        counter(key("weir.client.rows", system, endpoint, "", "")).increment(rows);
    }

    private void error(String system, String endpoint, String operation, ErrorKind kind) {
        counter(key(
                        "weir.client.errors",
                        system,
                        endpoint,
                        operation,
                        kind.name().toLowerCase(Locale.ROOT)))
                .increment();
    }

    private Timer timer(String meter, String system, String endpoint, String operation, String outcome) {
        return timers.computeIfAbsent(
                key(meter, system, endpoint, operation, outcome),
                key -> Timer.builder(meter).tags(tags(key, "outcome")).register(registry));
    }

    private Counter counter(Key wanted) {
        return counters.computeIfAbsent(
                wanted,
                key -> Counter.builder(key.meter).tags(tags(key, "kind")).register(registry));
    }

    private AtomicInteger connections(String system, String endpoint) {
        return connections.computeIfAbsent(key("weir.client.connections", system, endpoint, "", ""), key -> {
            AtomicInteger open = new AtomicInteger();
            Gauge.builder(key.meter, open, AtomicInteger::get)
                    .tags(tags(key, ""))
                    .register(registry);
            return open;
        });
    }

    private Key key(String meter, String system, String endpoint, String operation, String outcome) {
        return new Key(meter, system, endpoints.of(endpoint), operations.of(operation), outcome);
    }

    private static Tags tags(Key key, String outcome) {
        Tags tags = Tags.of("system", key.system, "endpoint", key.endpoint);
        Tags withOperation = key.operation.isEmpty() ? tags : tags.and("operation", key.operation);
        return key.outcome.isEmpty() ? withOperation : withOperation.and(outcome, key.outcome);
    }
}
