package io.weir.r2dbc;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.weir.r2dbc.Binding.Value;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Large values: those that are bound are collected before a command runs, those that are read have arrived already. */
final class Lobs {

    private Lobs() {}

    static boolean isLob(Object value) {
        return value instanceof Blob || value instanceof Clob;
    }

    /** The same command with the contents of its large values in their place. */
    static Mono<Command.Run> collected(Command.Run run) {
        return Flux.fromIterable(run.bindings())
                .concatMap(Lobs::collected)
                .collectList()
                .map(bindings ->
                        new Command.Run(run.sql(), bindings, run.fetchSize(), run.timeout(), run.generatedColumns()));
    }

    private static Mono<Binding> collected(Binding binding) {
        return Flux.fromIterable(binding.values())
                .concatMap(Lobs::collected)
                .collectList()
                .map(Binding::new);
    }

    private static Mono<Value> collected(Value value) {
        if (value.value() instanceof Blob blob) {
            return Flux.from(blob.stream())
                    .collect(ByteArrayOutputStream::new, Lobs::append)
                    .map(bytes -> new Value(ByteBuffer.wrap(bytes.toByteArray()), ByteBuffer.class));
        }
        if (value.value() instanceof Clob clob) {
            return Flux.from(clob.stream())
                    .collect(StringBuilder::new, StringBuilder::append)
                    .map(text -> new Value(text.toString(), String.class));
        }
        return Mono.just(value);
    }

    private static void append(ByteArrayOutputStream out, ByteBuffer part) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        out.writeBytes(bytes);
    }

    /** Bytes that were copied out of their page, so that they survive the row. */
    static Blob blob(ByteBuffer bytes) {
        Once<ByteBuffer> content = new Once<>(bytes);
        return new Blob() {
            @Override
            public Publisher<ByteBuffer> stream() {
                return content.stream();
            }

            @Override
            public Publisher<Void> discard() {
                return content.discard();
            }
        };
    }

    static Clob clob(String text) {
        Once<CharSequence> content = new Once<>(text);
        return new Clob() {
            @Override
            public Publisher<CharSequence> stream() {
                return content.stream();
            }

            @Override
            public Publisher<Void> discard() {
                return content.discard();
            }
        };
    }

    /** Something that is handed out once, or given up. */
    private static final class Once<T> {

        private final AtomicReference<@Nullable T> content;

        Once(T content) {
            this.content = new AtomicReference<>(content);
        }

        Mono<T> stream() {
            return Mono.fromCallable(() -> {
                T value = content.getAndSet(null);
                if (value == null) {
                    throw new IllegalStateException("This large value was streamed or discarded already: it is"
                            + " read once; ask for a String or a ByteBuffer to keep it");
                }
                return value;
            });
        }

        Mono<Void> discard() {
            return Mono.fromRunnable(() -> content.set(null));
        }
    }
}
