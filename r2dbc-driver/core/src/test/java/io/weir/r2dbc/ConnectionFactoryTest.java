package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.r2dbc.spi.Wrapped;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.StepVerifier;

/** The rules of the SPI for connection factories: C1 to C5, Closeable, Wrapped. */
class ConnectionFactoryTest {

    private final FakeSource source = new FakeSource();
    private final WeirConnectionFactory factory = new WeirConnectionFactory(source, ConnectionSettings.DEFAULTS);

    private static final class FakeSource implements SessionSource {

        private final List<FakeSession> opened = new ArrayList<>();
        private Mono<DriverSession> sessions = Mono.fromSupplier(() -> {
            FakeSession session = new FakeSession();
            opened.add(session);
            return session;
        });
        private int closes;

        @Override
        public String product() {
            return "Fake DB";
        }

        @Override
        public Mono<DriverSession> open() {
            return sessions;
        }

        @Override
        public Mono<Void> close() {
            return Mono.fromRunnable(() -> closes++);
        }

        @Override
        public Object unwrap() {
            return opened;
        }

        @Override
        public String toString() {
            return "Fake DB at db.example:6667 as root";
        }
    }

    @Test
    void c1CreatingIsLazyAndEachSubscriberGetsAConnectionOfHisOwn() {
        Mono<Connection> create = factory.create();
        assertThat(source.opened).isEmpty();

        Connection first = create.block();
        Connection second = create.block();

        assertThat(source.opened).hasSize(2);
        assertThat(first).isNotSameAs(second);
        assertThat(first.isAutoCommit()).isTrue();
    }

    @Test
    void c1NothingIsHandedOutBeforeItIsAskedFor() {
        StepVerifier.create(factory.create(), 0)
                .expectSubscription()
                .then(() -> assertThat(source.opened).isEmpty())
                .thenRequest(1)
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void c1AFailureIsAnR2dbcExceptionOfTheRightClass() {
        source.sessions =
                Mono.error(WeirException.of(ErrorKind.CONNECT, "refused").build());
        StepVerifier.create(factory.create()).verifyError(R2dbcTransientResourceException.class);

        source.sessions = Mono.error(WeirException.of(ErrorKind.AUTH, "who").build());
        StepVerifier.create(factory.create()).verifyError(R2dbcPermissionDeniedException.class);

        source.sessions = Mono.defer(() -> {
            throw WeirException.of(ErrorKind.AUTH, "who").build();
        });
        StepVerifier.create(factory.create()).verifyError(R2dbcPermissionDeniedException.class);

        source.sessions = Mono.empty();
        StepVerifier.create(factory.create()).verifyError(IllegalStateException.class);
    }

    @Test
    void c2CancellingTellsWhoeverIsConnecting() {
        AtomicInteger cancels = new AtomicInteger();
        source.sessions = Mono.<DriverSession>never().doOnCancel(cancels::incrementAndGet);

        StepVerifier.create(factory.create()).expectSubscription().thenCancel().verify();

        assertThat(cancels).hasValue(1);
    }

    @Test
    void c2ASessionThatArrivesAfterTheCancelIsClosed() {
        AtomicReference<CoreSubscriber<? super DriverSession>> late = new AtomicReference<>();
        source.sessions = new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super DriverSession> subscriber) {
                late.set(subscriber);
                subscriber.onSubscribe(Operators.emptySubscription());
            }
        };
        FakeSession session = new FakeSession();

        Disposable waiting = factory.create().subscribe();
        waiting.dispose();
        late.get().onNext(session);

        assertThat(session.acts).containsExactly("close");
    }

    @Test
    void c2ACancelThatRacesWithTheSessionNeverLosesIt() throws Exception {
        ExecutorService loop = Executors.newSingleThreadExecutor();
        AtomicReference<CoreSubscriber<? super DriverSession>> late = new AtomicReference<>();
        source.sessions = new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super DriverSession> subscriber) {
                late.set(subscriber);
                subscriber.onSubscribe(Operators.emptySubscription());
            }
        };
        try {
            for (int round = 0; round < 3000; round++) {
                FakeSession session = new FakeSession();
                AtomicReference<Connection> received = new AtomicReference<>();
                BaseSubscriber<Connection> subscriber = new BaseSubscriber<>() {
                    @Override
                    protected void hookOnNext(Connection connection) {
                        received.set(connection);
                    }
                };
                factory.create().subscribe(subscriber);
                Future<?> arrival = loop.submit(() -> late.get().onNext(session));
                subscriber.cancel();
                arrival.get(10, TimeUnit.SECONDS);

                assertThat(session.acts.contains("close"))
                        .as("closed, or handed out: one of them")
                        .isEqualTo(received.get() == null);
            }
        } finally {
            loop.shutdownNow();
            assertThat(loop.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void c3TheNameIsKnownWithoutContactingTheServer() {
        assertThat(factory.getMetadata().getName()).isEqualTo("Fake DB");
        assertThat(source.opened).isEmpty();
    }

    @Test
    void c4UnwrapReachesTheSourceAndWhatLiesBehindIt() {
        assertThat(factory).isInstanceOf(Wrapped.class);
        assertThat(factory.unwrap()).isSameAs(source.opened);
        assertThat(factory.unwrap(WeirConnectionFactory.class)).isSameAs(factory);
        assertThat(factory.unwrap(FakeSource.class)).isSameAs(source);
        assertThat((Object) factory.unwrap(List.class)).isSameAs(source.opened);
        assertThat(factory.unwrap(Thread.class)).isNull();
        assertThatThrownBy(() -> factory.unwrap(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClosedFactoryRefusesNewConnectionsAndLeavesTheOthersAlone() {
        assertThat(factory).isInstanceOf(Closeable.class);
        factory.create().block();
        Mono<Void> close = factory.close();
        assertThat(source.closes).isZero();

        StepVerifier.create(close).verifyComplete();
        StepVerifier.create(close).verifyComplete();

        StepVerifier.create(factory.create())
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("db.example:6667"));
        assertThat(source.opened.get(0).acts).isEmpty();
    }

    @Test
    void itsTextIsThatOfTheSource() {
        assertThat(factory).hasToString("connection factory for Fake DB at db.example:6667 as root");
    }
}
