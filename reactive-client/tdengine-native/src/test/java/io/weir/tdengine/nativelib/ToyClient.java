package io.weir.tdengine.nativelib;

import io.weir.core.OptionKey;
import io.weir.core.WeirException;
import io.weir.tdengine.TdengineClient;
import io.weir.tdengine.TdengineOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A client of the toy; closing it checks that nothing of it is left in the library. */
final class ToyClient implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(30);

    final Toy.Counters toy;
    final TdengineClient client;
    private final long brokenBefore;

    private ToyClient(Path library, TdengineClient.Builder builder) {
        this.toy = Toy.counters(library);
        this.brokenBefore = toy.toy_broken_rules();
        this.client = builder.url("tdengine:native://root:taosdata@127.0.0.1:6030")
                .option(TdengineOptions.NATIVE_LIBRARY, library)
                .build();
    }

    static ToyClient start() {
        return new ToyClient(Toy.library(), TdengineClient.builder());
    }

    static ToyClient of(Path library) {
        return new ToyClient(library, TdengineClient.builder());
    }

    static <T> ToyClient start(OptionKey<T> key, T value) {
        return new ToyClient(Toy.library(), TdengineClient.builder().option(key, value));
    }

    static <T> T get(Mono<T> mono) {
        return mono.block(LONG);
    }

    static <T> java.util.List<T> all(Flux<T> flux) {
        return flux.collectList().block(LONG);
    }

    static WeirException errorOf(Publisher<?> publisher) {
        return Flux.from(publisher)
                .then(Mono.<WeirException>empty())
                .onErrorResume(WeirException.class, Mono::just)
                .blockOptional(LONG)
                .orElseThrow(() -> new AssertionError("it did not fail"));
    }

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not come about within " + LONG);
            }
            try {
                if (never.await(5, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Also that the client has kept to the rules of the interface. */
    @Override
    public void close() {
        client.close().block(LONG);
        if (toy.toy_broken_rules() != brokenBefore) {
            throw new AssertionError("A rule of the library was broken: " + toy.toy_broken_text());
        }
        String open = Toy.open(toy);
        if (!open.equals(Toy.NOTHING)) {
            throw new AssertionError("Left in the library: " + open);
        }
    }
}
