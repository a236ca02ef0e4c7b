package io.weir.r2dbc;

import io.r2dbc.spi.Connection;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Opens a session and hands it out as a connection. Written by hand for one moment: a session that arrives while its
 * subscriber is leaving is closed, where an operator would drop it.
 */
final class OpenConnection extends Mono<Connection> {

    private final SessionSource source;
    private final Function<DriverSession, Connection> connection;

    OpenConnection(SessionSource source, Function<DriverSession, Connection> connection) {
        this.source = source;
        this.connection = connection;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Connection> subscriber) {
        Mono<? extends DriverSession> sessions;
        try {
            sessions = source.open();
        } catch (RuntimeException e) {
            Operators.error(subscriber, Errors.translate(e, null));
            return;
        }
        sessions.subscribe(new Opening(subscriber, connection));
    }

    private enum State {
        WAITING,
        DELIVERED,
        CANCELLED
    }

    private static final class Opening implements CoreSubscriber<DriverSession>, Subscription {

        private final CoreSubscriber<? super Connection> actual;
        private final Function<DriverSession, Connection> connection;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
        private @Nullable Subscription up;

        Opening(CoreSubscriber<? super Connection> actual, Function<DriverSession, Connection> connection) {
            this.actual = actual;
            this.connection = connection;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(up, subscription)) {
                up = subscription;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(DriverSession session) {
            if (deliver()) {
                actual.onNext(connection.apply(session));
                actual.onComplete();
            } else {
                // Nobody is left to hear of a failure: the session is given up either way.
                session.close().onErrorComplete().subscribe();
            }
        }

        @Override
        public void onError(Throwable error) {
            if (deliver()) {
                actual.onError(Errors.translate(error, null));
            }
        }

        @Override
        public void onComplete() {
            if (deliver()) {
                actual.onError(new IllegalStateException("The session source ended without a session"));
            }
        }

        @Override
        public void request(long n) {
            Subscription subscription = up;
            if (subscription != null) {
                subscription.request(n);
            }
        }

        @Override
        public void cancel() {
            Subscription subscription = up;
            if (state.compareAndSet(State.WAITING, State.CANCELLED) && subscription != null) {
                subscription.cancel();
            }
        }

        private boolean deliver() {
            return state.compareAndSet(State.WAITING, State.DELIVERED);
        }
    }
}
