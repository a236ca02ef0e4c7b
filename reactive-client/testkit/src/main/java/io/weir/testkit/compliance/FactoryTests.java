package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.weir.testkit.ClosedPort;
import io.weir.testkit.FaultProxy;
import io.weir.testkit.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

/** How connections are made, and what is said when they can not be made. */
interface FactoryTests extends Suite {

    @Test
    @Proves("C1")
    @ThroughProxy
    @Needs(value = Capability.SHARED_SOCKETS, missing = true)
    default void nothingHappensBeforeSubscriptionAndEachSubscriberGetsAConnection() {
        try (FaultProxy proxy = bench().proxy()) {
            ConnectionFactory factory = bench().factory(proxy.host(), proxy.port());
            Publisher<? extends Connection> twice = factory.create();
            Publisher<? extends Connection> once = factory.create();
            Connection first = Spi.awaitOne(once);
            assertThat(proxy.links()).as("links after one subscription").hasSize(1);
            Connection second = Spi.awaitOne(twice);
            Connection third = Spi.awaitOne(twice);
            assertThat(proxy.links()).as("links after three subscriptions").hasSize(3);
            assertThat(first).isNotSameAs(second);
            assertThat(second).isNotSameAs(third);
            for (Connection connection : new Connection[] {first, second, third}) {
                Spi.await(connection.close());
            }
        }
    }

    @Test
    @Proves("C3")
    default void theFactoryNamesItsProductWithoutAServer() {
        assertThat(bench().factory("127.0.0.1", 1).getMetadata().getName())
                .isEqualTo(fixture().product());
    }

    @Test
    @Proves("Connect")
    default void aServerThatIsNotThereIsNamedInATypedError() {
        int port = ClosedPort.number();
        Throwable error = Spi.failureOf(
                "create()", () -> bench().factory("127.0.0.1", port).create());
        Spi.assertResourceError(error);
        assertThat(error).hasMessageContaining("127.0.0.1").hasMessageContaining(Integer.toString(port));
    }

    @Test
    @Proves("Connect")
    @ThroughProxy
    default void theTimeToConnectIsLimitedWhenNobodyAnswers() throws InterruptedException {
        try (FaultProxy proxy = bench().proxy().blackHole(true)) {
            ConnectionFactory factory = bench().factory(
                            proxy.host(),
                            proxy.port(),
                            options -> options.option(ConnectionFactoryOptions.CONNECT_TIMEOUT, Duration.ofSeconds(2)));
            assertThat(Spi.failureOf("create()", factory::create)).isInstanceOf(R2dbcTimeoutException.class);
            proxy.link(0).awaitEnd();
        }
    }

    @Test
    @Proves("Connect")
    @ThroughProxy
    default void anotherProtocolOnThePortIsATypedErrorAndEndsTheConnection() {
        byte[] http = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        try (ScriptedServer other =
                ScriptedServer.always(peer -> peer.send(http).stayTacit())) {
            ConnectionFactory factory = bench().factory(
                            other.host(),
                            other.port(),
                            options -> options.option(ConnectionFactoryOptions.CONNECT_TIMEOUT, Duration.ofSeconds(3)));
            assertThat(Spi.failureOf("create()", factory::create)).isInstanceOf(R2dbcException.class);
            other.assertDone();
        }
    }

    @Test
    @Proves("Connect")
    @ThroughProxy
    @Needs(Capability.LOGIN)
    default void aWrongPasswordIsRefusedAndLeavesNoConnectionBehind() throws InterruptedException {
        try (FaultProxy proxy = bench().proxy()) {
            ConnectionFactory factory = bench().factory(
                            proxy.host(),
                            proxy.port(),
                            options -> options.option(ConnectionFactoryOptions.PASSWORD, "certainly-not-this-one"));
            assertThat(Spi.failureOf("create()", factory::create)).isInstanceOf(R2dbcPermissionDeniedException.class);
            proxy.link(0).awaitEnd();
        }
    }

    @Test
    @Proves("Connect")
    @Needs(Capability.TLS)
    default void whoAsksForTlsIsNeverServedInTheClear() {
        ConnectionFactory factory = bench().factory(
                        fixture().host(),
                        fixture().port(),
                        options -> options.option(ConnectionFactoryOptions.SSL, true)
                                .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, Duration.ofSeconds(3)));
        assertThat(Spi.failureOf("create() with ssl", factory::create)).isInstanceOf(R2dbcException.class);
    }
}
