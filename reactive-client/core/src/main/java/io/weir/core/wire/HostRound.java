package io.weir.core.wire;

import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Goes from host to host until one lets us, whatever it is that connects. */
public final class HostRound {

    /** Another host would say the same, and trying passwords all over a cluster locks accounts. */
    static final Set<ErrorKind> FINAL =
            EnumSet.of(ErrorKind.AUTH, ErrorKind.PERMISSION, ErrorKind.BAD_REQUEST, ErrorKind.UNSUPPORTED);

    /** One attempt at one host. */
    public interface Attempt<S> {

        /**
         * Cold.
         *
         * @param limit this host's share of the time; zero: none
         * @param life is told of the end of the connection, as soon as there is one
         */
        Mono<S> connect(Endpoint host, Duration limit, Consumer<Mono<Void>> life);
    }

    private final String system;
    private final Duration limit;
    private final LongSupplier nanoTime;

    /**
     * @param system for errors
     * @param limit for all hosts together; zero: none
     */
    public HostRound(String system, Duration limit, LongSupplier nanoTime) {
        this.system = system;
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /**
     * Connects to the first host that lets us, within one limit for all: a host gets an equal share of the time that is
     * left, so that one that does not answer leaves time for the next. What happens, the loss of the connection included,
     * is remembered in the endpoints' back-offs and counts. Cold.
     */
    public <S> Mono<S> first(Endpoints endpoints, Attempt<S> attempt) {
        return Mono.defer(
                () -> next(endpoints, endpoints.candidates(), 0, nanoTime.getAsLong(), new ArrayList<>(), attempt));
    }

    private <S> Mono<S> next(
            Endpoints endpoints,
            List<Endpoint> candidates,
            int index,
            long start,
            List<WeirException> failures,
            Attempt<S> attempt) {
        Endpoint endpoint = candidates.get(index);
        Seat seat = new Seat(endpoints, endpoint);
        return attempt.connect(endpoint, share(start, candidates.size() - index), seat::of)
                .doOnSuccess(session -> seat.taken())
                .doOnError(e -> seat.leave())
                .doOnCancel(seat::leave)
                .onErrorResume(WeirException.class, e -> {
                    if (FINAL.contains(e.kind())) {
                        return Mono.error(e);
                    }
                    endpoints.backoff(endpoint).failed(e);
                    failures.add(e);
                    return index + 1 < candidates.size()
                            ? next(endpoints, candidates, index + 1, start, failures, attempt)
                            : Mono.error(all(system, failures));
                });
    }

    private Duration share(long start, int hosts) {
        if (limit.isZero()) {
            return limit;
        }
        long left = limit.toNanos() - (nanoTime.getAsLong() - start);
        return Duration.ofNanos(Math.max(1, left / hosts));
    }

    /** Several hosts, each with its reason. */
    static WeirException all(String system, List<WeirException> failures) {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        boolean onlySlow = failures.stream().allMatch(e -> e.kind() == ErrorKind.TIMEOUT);
        String text = "None of " + failures.size() + " hosts could be reached. "
                + failures.stream()
                        .map(e -> e.endpoint() + ": " + e.getMessage())
                        .collect(Collectors.joining(" | "));
        WeirException all = WeirException.of(onlySlow ? ErrorKind.TIMEOUT : ErrorKind.CONNECT, text)
                .system(system)
                .endpoint(failures.stream().map(WeirException::endpoint).collect(Collectors.joining(",")))
                .sent(Sent.NO)
                .build();
        failures.forEach(all::addSuppressed);
        return all;
    }
}
