package io.weir.tdengine;

import static io.weir.tdengine.StandIn.all;
import static io.weir.tdengine.StandIn.errorOf;
import static io.weir.tdengine.StandIn.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Endpoints;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.server.tdengine.TdengineStandIn;
import io.weir.server.tdengine.manner.Manner;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Two adapters, of which one fails and comes back. */
class SeveralHostsStandInTest {

    private TdengineStandIn one;
    private TdengineStandIn two;

    @BeforeEach
    void start() {
        one = TdengineStandIn.start(TdengineServerOptions.defaults());
        two = TdengineStandIn.start(TdengineServerOptions.defaults());
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    private ClosingClient client(Endpoints.Choice choice) {
        return client(choice, Duration.ofMillis(20), Duration.ofMillis(100));
    }

    private ClosingClient client(Endpoints.Choice choice, Duration retry, Duration most) {
        return new ClosingClient(TdengineClient.builder()
                .url("tdengine://root:taosdata@127.0.0.1:" + one.port() + ",127.0.0.1:" + two.port())
                // A host that is slow on a busy machine is not one that is away.
                .option(TdengineOptions.CONNECT_TIMEOUT, Duration.ofMinutes(2))
                .option(TdengineOptions.HOST_CHOICE, choice)
                .option(TdengineOptions.HOST_RETRY, retry)
                .option(TdengineOptions.HOST_RETRY_MAX, most)
                .build());
    }

    private static void ask(ClosingClient at, int callers) {
        assertThat(all(Flux.range(0, callers)
                        .flatMap(
                                i -> at.client()
                                        .query("/*weir delay=50*/ SELECT " + i, row -> row.get(0, Integer.class)),
                                callers)))
                .hasSize(callers);
    }

    @Test
    void connectionsGoToTheHostThatHasTheFewest() {
        try (ClosingClient at = client(Endpoints.Choice.LEAST_CONNECTIONS)) {
            ask(at, 64);
            assertThat(at.client().wires()).isEqualTo(4);
            assertThat(one.counters().sockets()).isEqualTo(2);
            assertThat(two.counters().sockets()).isEqualTo(2);
        }
    }

    @Test
    void aHostThatIsBackIsFoundAndGetsItsShareWithoutAnyCallerFailing() {
        int port = two.port();
        try (ClosingClient at = client(Endpoints.Choice.LEAST_CONNECTIONS)) {
            ask(at, 64);
            two.close();
            Await.until(() -> at.client().wires() == 2);
            ask(at, 64);
            assertThat(one.counters().sockets()).isEqualTo(4);

            two = TdengineStandIn.start(TdengineServerOptions.defaults().withPort(port));
            Await.until(() -> {
                ask(at, 64);
                return two.counters().sockets() == 2 && one.counters().sockets() == 2;
            });
            assertThat(at.client().wires()).isEqualTo(4);
        }
    }

    @Test
    void whereTheOrderCountsAllGoBackToTheFirstHost() {
        int port = one.port();
        try (ClosingClient at = client(Endpoints.Choice.IN_ORDER)) {
            ask(at, 8);
            assertThat(two.counters().sockets()).isZero();
            one.close();
            Await.until(() -> at.client().wires() == 0);
            ask(at, 8);
            assertThat(two.counters().sockets()).isPositive();
            one = TdengineStandIn.start(TdengineServerOptions.defaults().withPort(port));
            Await.until(() -> {
                ask(at, 8);
                return two.counters().sockets() == 0;
            });
            assertThat(one.counters().sockets()).isPositive();
        }
    }

    @Test
    void anAdapterThatHasLostItsServersGetsNoNewStatements() {
        try (ClosingClient at = client(Endpoints.Choice.IN_ORDER, StandIn.LONG, StandIn.LONG)) {
            ask(at, 1);
            assertThat(errorOf(at.client().pages("/*weir fail=0*/ SELECT 1")).kind())
                    .isEqualTo(ErrorKind.CLOSED);
            ask(at, 1);
            assertThat(two.counters().sockets()).isEqualTo(1);
            Await.until(() -> one.counters().sockets() == 0);
        }
    }

    @Test
    void aSessionOfOnesOwnStaysWhereItIs() {
        try (ClosingClient at = client(Endpoints.Choice.LEAST_CONNECTIONS)) {
            TdengineSession session = get(at.client().session());
            boolean onOne = session.endpoint().port() == one.port();
            (onOne ? one : two).manners().set(Manner.DROP, "answer");
            WeirException error = errorOf(session.run("SELECT 1"));
            assertThat(error.endpoint()).isEqualTo(session.endpoint().toString());
            assertThat(session.isOpen()).isFalse();
            ask(at, 8);
        }
    }
}
