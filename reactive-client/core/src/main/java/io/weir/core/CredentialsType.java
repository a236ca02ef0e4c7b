package io.weir.core;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** What hands out credentials. Has no text: a URL can not bring it. */
final class CredentialsType extends OptionType<CredentialsSource> {

    @Override
    String label() {
        return "source, from code only";
    }

    @Override
    String possible() {
        return "a CredentialsSource, or a Publisher or a Supplier of Credentials";
    }

    @Override
    @Nullable CredentialsSource fromText(String text) {
        return null;
    }

    @Override
    @Nullable CredentialsSource fromObject(Object given) {
        if (given instanceof CredentialsSource source) {
            return source;
        }
        if (given instanceof Publisher<?> publisher) {
            return () -> Mono.from(publisher).cast(Credentials.class);
        }
        if (given instanceof Supplier<?> supplier) {
            return () -> Mono.fromSupplier(supplier).cast(Credentials.class);
        }
        return null;
    }
}
