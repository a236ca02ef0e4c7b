package io.weir.http.json;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * Elements of one JSON document, parsed as the bytes come. Bytes are asked for one buffer at a time, and only when what is
 * at hand yields no element that somebody wants: so a document of any size takes the room of one buffer and one element.
 */
final class JsonFlux<T> extends Flux<T> {

    private final Publisher<ByteBuf> bytes;
    private final Supplier<? extends JsonReader<T>> readers;
    private final CallErrors errors;
    private final EventLoop timers;
    private final Duration silence;

    JsonFlux(
            Publisher<ByteBuf> bytes,
            Supplier<? extends JsonReader<T>> readers,
            CallErrors errors,
            EventLoop timers,
            Duration silence) {
        this.bytes = bytes;
        this.readers = readers;
        this.errors = errors;
        this.timers = timers;
        this.silence = silence;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        bytes.subscribe(new JsonLoop<>(actual, readers.get(), errors, timers, silence));
    }
}
