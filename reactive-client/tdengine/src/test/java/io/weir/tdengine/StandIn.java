package io.weir.tdengine;

import io.weir.core.OptionKey;
import io.weir.core.WeirException;
import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.server.tdengine.TdengineStandIn;
import io.weir.server.tdengine.manner.Manner;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A stand-in and a client of it; both end with the test. */
final class StandIn implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(30);

    final TdengineStandIn server;
    final TdengineClient client;

    private StandIn(TdengineServerOptions options, TdengineClient.Builder builder) {
        this.server = TdengineStandIn.start(options);
        this.client = builder.url("tdengine://root:taosdata@" + server.host() + ":" + server.port())
                .build();
    }

    static StandIn start() {
        return start(TdengineServerOptions.defaults());
    }

    static StandIn start(TdengineServerOptions options) {
        return new StandIn(options, TdengineClient.builder());
    }

    static <T> StandIn start(TdengineServerOptions options, OptionKey<T> key, T value) {
        return new StandIn(options, TdengineClient.builder().option(key, value));
    }

    /** A server of that version. */
    static StandIn of(String version) {
        return start(TdengineServerOptions.defaults().withVersion(version));
    }

    /** One connection that all callers share. */
    StandIn with(Manner manner, Object value) {
        server.manners().set(manner, value.toString());
        return this;
    }

    void run(String... statements) {
        for (String sql : statements) {
            client.execute(sql).block(LONG);
        }
    }

    static <T> T get(Mono<T> mono) {
        return mono.block(LONG);
    }

    static <T> java.util.List<T> all(Flux<T> flux) {
        return flux.collectList().block(LONG);
    }

    /** The error that ends it. */
    static WeirException errorOf(Flux<?> flux) {
        return flux.then(Mono.<WeirException>empty())
                .onErrorResume(WeirException.class, Mono::just)
                .blockOptional(LONG)
                .orElseThrow(() -> new AssertionError("it did not fail"));
    }

    static WeirException errorOf(Mono<?> mono) {
        return errorOf(mono.flux());
    }

    @Override
    public void close() {
        client.close().block(LONG);
        server.close();
    }
}
