package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class LightSessionTest {

    private final Stub shared = new Stub("shared");
    private final List<Stub> opened = new ArrayList<>();
    private @Nullable WeirException refusal;
    private final LightSession session = new LightSession(
            shared,
            Mono.defer(() -> {
                if (refusal != null) {
                    return Mono.error(refusal);
                }
                Stub own = new Stub("own " + opened.size());
                opened.add(own);
                return Mono.just(own);
            }),
            command -> text(command).startsWith("USE"));

    @Test
    void commandsTravelOnSharedWiresUntilOneChangesTheSession() {
        run("a", "USE x", "b", "USE y");
        assertThat(shared.ran).containsExactly("a");
        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).ran).containsExactly("USE x", "b", "USE y");
        assertThat(session.id()).isEqualTo("own 0");
    }

    @Test
    void nothingIsOpenedBeforeTheCommandIsSubscribedTo() {
        session.run(command("USE x"));
        assertThat(opened).isEmpty();
    }

    @Test
    void theLossOfItsWireEndsABoundOneAndItSaysSo() {
        run("USE x");
        WeirException lost = WeirException.of(ErrorKind.CLOSED, "lost").build();
        opened.get(0).lose(lost);
        assertThat(session.isOpen()).isFalse();
        StepVerifier.create(session.ping()).expectNext(false).verifyComplete();
        StepVerifier.create(session.onClose())
                .verifyErrorSatisfies(e -> assertThat(e).isSameAs(lost));
        run("a");
        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).ran).containsExactly("USE x", "a");
    }

    @Test
    void aLostOneIsNotMendedByAReset() {
        run("USE x");
        opened.get(0).lose(WeirException.of(ErrorKind.CLOSED, "lost").build());
        StepVerifier.create(session.reset()).verifyErrorMessage("gone");
        assertThat(session.isOpen()).isFalse();
    }

    @Test
    void aResetGivesTheWireBackAndTheSessionIsLightAgain() {
        run("USE x");
        StepVerifier.create(session.reset()).verifyComplete();
        assertThat(opened.get(0).closed).isTrue();
        assertThat(session.isOpen()).isTrue();
        run("a", "USE y");
        assertThat(shared.ran).containsExactly("a");
        assertThat(opened.get(1).ran).containsExactly("USE y");
        StepVerifier.create(session.onClose())
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(1))
                .thenCancel()
                .verify();
    }

    @Test
    void closingGivesTheWireBack() {
        run("USE x");
        StepVerifier.create(session.close()).verifyComplete();
        assertThat(opened.get(0).closed).isTrue();
        assertThat(session.isOpen()).isFalse();
        StepVerifier.create(session.onClose()).verifyComplete();
    }

    @Test
    void aWireThatCouldNotBeHadIsAskedForAgain() {
        refusal = WeirException.of(ErrorKind.OVERLOAD, "full").build();
        StepVerifier.create(session.run(command("USE x"))).verifyErrorMessage("full");
        refusal = null;
        run("USE x");
        assertThat(opened.get(0).ran).containsExactly("USE x");
    }

    @Test
    void pingAsksTheWireThatTheNextCommandWouldTake() {
        session.ping().block();
        assertThat(shared.pings).isEqualTo(1);
        run("USE x");
        session.ping().block();
        assertThat(shared.pings).isEqualTo(1);
        assertThat(opened.get(0).pings).isEqualTo(1);
    }

    private void run(String... statements) {
        for (String sql : statements) {
            StepVerifier.create(session.run(command(sql)))
                    .expectNext(ResultPart.End.INSTANCE)
                    .verifyComplete();
        }
    }

    private static Command command(String sql) {
        return new Command.Batch(List.of(sql), 0, Duration.ZERO);
    }

    private static String text(Command command) {
        return ((Command.Batch) command).statements().get(0);
    }

    private static final class Stub implements DriverSession {
        private final String id;
        private final Sinks.Empty<Void> end = Sinks.empty();
        final List<String> ran = new ArrayList<>();
        boolean closed;
        boolean lost;
        int pings;

        Stub(String id) {
            this.id = id;
        }

        void lose(WeirException why) {
            lost = true;
            end.tryEmitError(why);
        }

        @Override
        public SessionTraits traits() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String endpoint() {
            return id;
        }

        @Override
        public boolean isOpen() {
            return !closed && !lost;
        }

        @Override
        public Flux<ResultPart> run(Command command) {
            return Flux.defer(() -> {
                ran.add(text(command));
                return Flux.just(ResultPart.End.INSTANCE);
            });
        }

        @Override
        public @Nullable Transactions transactions() {
            return null;
        }

        @Override
        public Mono<Void> reset() {
            return isOpen() ? Mono.empty() : Mono.error(new IllegalStateException("gone"));
        }

        @Override
        public Mono<Boolean> ping() {
            return Mono.fromSupplier(() -> {
                pings++;
                return isOpen();
            });
        }

        @Override
        public Mono<Void> close() {
            return Mono.fromRunnable(() -> {
                closed = true;
                end.tryEmitEmpty();
            });
        }

        @Override
        public Mono<Void> onClose() {
            return end.asMono();
        }
    }
}
