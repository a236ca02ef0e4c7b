package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.weir.testkit.Patience;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Waits for publishers, on the test's thread, and never for ever. */
final class Spi {

    private Spi() {}

    /** All items. Throws what the publisher fails with, and fails when it takes too long. */
    static <T> List<T> await(Publisher<? extends T> publisher) {
        return await(publisher, Patience.limit());
    }

    static <T> List<T> await(Publisher<? extends T> publisher, Duration patience) {
        try {
            return Flux.<T>from(publisher).collectList().toFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("Neither completed nor failed within " + patience.toSeconds() + " s.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a publisher", e);
        }
    }

    /** The one item. */
    static <T> T awaitOne(Publisher<? extends T> publisher) {
        List<T> items = await(publisher);
        assertThat(items).as("exactly one item").hasSize(1);
        return items.get(0);
    }

    /** What it fails with, at the call or by signal. */
    static RuntimeException failureOf(String what, Supplier<? extends Publisher<?>> call) {
        List<?> items;
        try {
            items = await(call.get());
        } catch (RuntimeException e) {
            return e;
        }
        return fail(what + " was expected to fail, but emitted " + items);
    }

    /** Fails unless the error is one that says: the server, or the way to it, is gone. */
    static void assertResourceError(Throwable error) {
        assertThat(error)
                .isInstanceOf(R2dbcException.class)
                .isInstanceOfAny(R2dbcNonTransientResourceException.class, R2dbcTransientResourceException.class);
    }
}
