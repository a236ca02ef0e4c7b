package io.weir.tdengine.nativelib;

import io.netty.channel.EventLoop;
import io.weir.core.ClientEvents;
import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.wire.SharedLoops;
import io.weir.core.wire.Timers;
import io.weir.tdengine.session.NativeSettings;
import io.weir.tdengine.session.Session;
import io.weir.tdengine.session.SessionSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** Sessions over the vendor's library. The threads on which it may block belong to one client, and end with it. */
final class NativeSource implements SessionSource {

    /** Another host would say the same, and trying passwords all over a cluster locks accounts. */
    private static final Set<ErrorKind> FINAL =
            EnumSet.of(ErrorKind.AUTH, ErrorKind.PERMISSION, ErrorKind.BAD_REQUEST, ErrorKind.UNSUPPORTED);

    private final NativeSettings settings;
    private final ClientEvents events;
    private final Workers workers;
    /** So that results are given back although all other threads wait for a host that does not answer. */
    private final Workers givingBack = new Workers("weir-tdengine-native-free", 1);

    NativeSource(NativeSettings settings) {
        this.settings = settings;
        this.events = ClientEvents.all(settings.session().events());
        this.workers = new Workers("weir-tdengine-native", settings.threads());
    }

    @Override
    public Mono<Session> open() {
        return Mono.defer(() -> next(endpoints().candidates(), 0, new ArrayList<>(), now()));
    }

    private Mono<Session> next(List<Endpoint> candidates, int index, List<WeirException> failures, long start) {
        Endpoint endpoint = candidates.get(index);
        Duration limit = share(start, candidates.size() - index);
        long began = now();
        return counted(endpoint, Mono.create(sink -> new Opening(this, endpoint, limit, sink).start()))
                .doOnSuccess(session -> {
                    endpoints().backoff(endpoint).succeeded();
                    events.connected("tdengine", endpoint.toString(), Duration.ofNanos(now() - began));
                })
                .onErrorResume(WeirException.class, error -> {
                    events.connectFailed(
                            "tdengine", endpoint.toString(), Duration.ofNanos(now() - began), error.kind());
                    if (FINAL.contains(error.kind())) {
                        return Mono.error(error);
                    }
                    endpoints().backoff(endpoint).failed(error);
                    failures.add(error);
                    return index + 1 < candidates.size()
                            ? next(candidates, index + 1, failures, start)
                            : Mono.error(all(failures));
                });
    }

    /** Where the fewest connections are is where the next one goes. */
    private Mono<Session> counted(Endpoint endpoint, Mono<Session> opening) {
        return Mono.defer(() -> {
            endpoints().opening(endpoint);
            Runnable ended = () -> endpoints().ended(endpoint);
            return opening.doOnSuccess(
                            session -> session.onClose().subscribe(nothing -> {}, lost -> ended.run(), ended))
                    .doOnError(failed -> ended.run())
                    .doOnCancel(ended);
        });
    }

    private static WeirException all(List<WeirException> failures) {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        String text = failures.stream()
                .map(error -> error.endpoint() + ": " + error.getMessage())
                .collect(Collectors.joining(" | "));
        return failures.get(0).toBuilder()
                .message("None of " + failures.size() + " hosts could be reached. " + text)
                .build();
    }

    private Duration share(long start, int hosts) {
        Duration limit = settings.connectTimeout();
        return limit.isZero() ? limit : Duration.ofNanos(Math.max(1, (limit.toNanos() - (now() - start)) / hosts));
    }

    private long now() {
        return settings.session().nanoTime().getAsLong();
    }

    NativeSettings settings() {
        return settings;
    }

    ClientEvents events() {
        return events;
    }

    Workers workers() {
        return workers;
    }

    Workers givingBack() {
        return givingBack;
    }

    EventLoop loop() {
        LoopResources given = settings.loops();
        return (given != null ? given : SharedLoops.get()).onClient(true).next();
    }

    @Override
    public Endpoints endpoints() {
        return settings.endpoints();
    }

    @Override
    public Timers timers() {
        return (nanos, task) -> Timers.on(loop(), nanos, task);
    }

    /** Ends the threads, after what they have still to do. */
    @Override
    public Mono<Void> close() {
        return Mono.when(workers.close(), givingBack.close());
    }

    @Override
    public String toString() {
        return settings.session().who() + " at " + endpoints() + " (native)";
    }

    /** The database's own words, with what was tried. */
    static WeirException loginRefused(
            WeirException error, NativeSettings settings, Endpoint endpoint, LoadedLibrary library) {
        String database = settings.session().login().database();
        // What is CLOSED for a statement is no connection at all for a login.
        boolean unreachable = error.kind() == ErrorKind.CLOSED;
        String text = (unreachable
                        ? "Could not connect to " + endpoint
                        : "The login of " + settings.session().who())
                + (database == null ? "" : " (option database='" + database + "')")
                + (unreachable ? ": " : " was refused: ") + error.getMessage() + ". " + library
                + (unreachable
                        ? " connects to the database server itself (port 6030): check the address, the firewall, and"
                                + " that this machine can resolve the server's own host name (its FQDN)"
                        : "");
        WeirException.Builder told = unreachable
                ? WeirException.of(ErrorKind.CONNECT, text).code(error.code())
                : error.toBuilder().message(text);
        return told.system("tdengine")
                .endpoint(endpoint.toString())
                .sent(unreachable ? WeirException.Sent.NO : error.sent())
                .build();
    }
}
