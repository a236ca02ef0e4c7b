package io.weir.tdengine.nativelib;

import io.netty.channel.EventLoop;
import io.weir.core.ClientEvents;
import io.weir.core.Endpoints;
import io.weir.core.WeirException;
import io.weir.core.wire.HostRound;
import io.weir.core.wire.SharedLoops;
import io.weir.core.wire.Timers;
import io.weir.tdengine.session.ConsumerSettings;
import io.weir.tdengine.session.ConsumerWire;
import io.weir.tdengine.session.NativeProvider;
import io.weir.tdengine.session.NativeSettings;
import io.weir.tdengine.session.Session;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * Sessions and consumers over the vendor's library. The threads on which it may block belong to one client, and end with it.
 */
final class NativeSource implements NativeProvider.Way {

    private final NativeSettings settings;
    private final ClientEvents events;
    private final HostRound hosts;
    private final Workers workers;
    private final PollTurns polls;
    /** So that results are given back although all other threads wait for a host that does not answer. */
    private final Workers givingBack = new Workers("weir-tdengine-native-free", 1);

    private final Opening.Kind<NativeSession> session = new Opening.Kind<>(
            "the login",
            (library, endpoint, loop) -> new NativeLogin(this, library, endpoint).session(loop),
            NativeSession::close);

    NativeSource(NativeSettings settings) {
        this.settings = settings;
        this.events = ClientEvents.all(settings.session().events());
        this.hosts = new HostRound(
                "tdengine", settings.connectTimeout(), settings.session().nanoTime());
        this.workers = new Workers("weir-tdengine-native", settings.threads());
        this.polls = new PollTurns(workers, settings.threads());
    }

    @Override
    public Mono<Session> open() {
        return open(session, NativeSession::onClose).map(opened -> opened);
    }

    @Override
    public Mono<ConsumerWire> subscribe(ConsumerSettings consumer) {
        Opening.Kind<NativeConsumer> kind = new Opening.Kind<>(
                "subscribing",
                (library, endpoint, loop) -> NativeConsumer.subscribe(this, library, endpoint, loop, consumer),
                NativeConsumer::unsubscribe);
        return open(kind, NativeConsumer::onClose).map(opened -> opened);
    }

    private <T> Mono<T> open(Opening.Kind<T> kind, Function<T, Mono<Void>> closed) {
        return hosts.first(
                endpoints(),
                (host, limit, life) -> Mono.defer(() -> {
                    long began = now();
                    return Mono.<T>create(sink -> new Opening<>(this, kind, host, limit, sink).start())
                            .doOnSuccess(opened -> {
                                life.accept(closed.apply(opened));
                                events.connected("tdengine", host.toString(), since(began));
                            })
                            .doOnError(
                                    WeirException.class,
                                    error -> events.connectFailed(
                                            "tdengine", host.toString(), since(began), error.kind()));
                }));
    }

    private long now() {
        return settings.session().nanoTime().getAsLong();
    }

    private Duration since(long began) {
        return Duration.ofNanos(now() - began);
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

    PollTurns polls() {
        return polls;
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

    /** Ends the threads, after what they have still to do: connections are closed once their results are given back. */
    @Override
    public Mono<Void> close() {
        return workers.close().then(givingBack.close());
    }

    @Override
    public String toString() {
        return settings.session().who() + " at " + endpoints() + " (native)";
    }
}
