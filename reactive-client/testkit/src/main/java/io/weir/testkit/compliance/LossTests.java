package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import io.weir.testkit.Cut;
import io.weir.testkit.FaultProxy;
import io.weir.testkit.Patience;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Connections that break: whoever waits learns it, and nobody waits for ever. */
interface LossTests extends Suite {

    /** So long nothing comes: then the answer was whole. */
    Duration MOMENT = Duration.ofMillis(20);

    @Test
    @Proves("Loss")
    @ThroughProxy
    @Needs(value = Capability.SHARED_SOCKETS, missing = true)
    default void aStreamThatIsCutFailsWhoeverReadsIt() throws InterruptedException {
        for (Cut how : Cut.values()) {
            try (Line line = bench().proxied()) {
                StepVerifier.create(line.scan(1_000_000), 10)
                        .expectNextCount(10)
                        .then(() -> line.link().cut(how))
                        .thenRequest(Long.MAX_VALUE)
                        .thenConsumeWhile(row -> true)
                        .expectErrorSatisfies(Spi::assertResourceError)
                        .verify(Patience.limit());
                line.link().awaitEnd();
                line.awaitLost();
            }
        }
    }

    @Test
    @Proves("Loss")
    @ThroughProxy
    default void aStreamThatIsCutWhileNobodyAsksFailsWhenSomebodyDoes() {
        try (Line line = bench().proxied()) {
            StepVerifier.create(line.scan(1_000_000), 10)
                    .expectNextCount(10)
                    .then(() -> {
                        line.replies().awaitQuiet(Duration.ofMillis(200));
                        line.link().cut(Cut.FIN);
                    })
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(row -> true)
                    .expectErrorSatisfies(Spi::assertResourceError)
                    .verify(Patience.limit());
        }
    }

    @Test
    @Proves("Loss")
    @ThroughProxy
    default void aStatementThatWaitsForItsAnswerFails() {
        for (Cut how : Cut.values()) {
            try (Line line = bench().proxied()) {
                line.replies().hold();
                StepVerifier.create(line.rows())
                        .expectSubscription()
                        .then(() -> line.link().toServer().awaitQuiet(Duration.ofMillis(50)))
                        .then(() -> line.link().cut(how))
                        .expectErrorSatisfies(Spi::assertResourceError)
                        .verify(Patience.limit());
            }
        }
    }

    @Test
    @Proves("Loss")
    @ThroughProxy
    @Needs(value = Capability.SHARED_SOCKETS, missing = true)
    default void anIdleConnectionThatIsCutIsNoticedAndFailsWhoUsesIt() throws InterruptedException {
        for (Cut how : Cut.values()) {
            try (Line line = bench().proxied()) {
                line.link().cut(how);
                line.link().awaitEnd();
                line.awaitLost();
                Spi.assertResourceError(Spi.failureOf("a query on a lost connection", line::rows));
            }
        }
    }

    @Test
    @Proves("Loss")
    @ThroughProxy
    default void anAnswerThatIsCutAtAnyByteIsATypedErrorOrWasWhole() {
        long whole;
        try (Line line = bench().proxied()) {
            long before = line.replies().awaitQuiet(MOMENT);
            line.assertGood("to see how long the answer is");
            whole = line.replies().awaitQuiet(MOMENT) - before;
        }
        int typed = 0;
        long step = Math.max(1, whole / 60);
        for (long cutAfter = 0; cutAfter < whole; cutAfter += step) {
            try (Line line = bench().proxied()) {
                long position = line.replies().awaitQuiet(MOMENT) + cutAfter;
                line.replies().cutAt(position, Cut.FIN);
                List<Integer> got;
                try {
                    got = Spi.await(line.rows());
                } catch (RuntimeException e) {
                    Spi.assertResourceError(e);
                    typed++;
                    continue;
                }
                assertThat(got)
                        .as("an answer that was cut after " + cutAfter + " bytes, and looked whole")
                        .hasSize(Bench.ROWS);
            }
        }
        // The bytes of the rows are most of the answer; behind them may come what nobody waits for.
        assertThat(typed).as("answers that were not whole").isGreaterThan((int) (whole / step / 2));
    }

    @Test
    @Proves("Loss")
    @ThroughProxy
    @Needs(value = Capability.SHARED_SOCKETS, missing = true)
    default void aLoginThatIsCutAtAnyByteIsATypedError() {
        try (FaultProxy proxy = bench().proxy()) {
            ConnectionFactory factory = bench().factory(proxy.host(), proxy.port());
            Connection whole = Spi.awaitOne(factory.create());
            long bytes = proxy.link(0).toClient().awaitQuiet(MOMENT) - fixture().spreadOfLogins();
            Spi.await(whole.close());
            for (long cutAfter = 0; cutAfter < bytes; cutAfter += Math.max(1, bytes / 60)) {
                long position = cutAfter;
                proxy.forNewLinks(link -> link.toClient().cutAt(position, Cut.FIN));
                assertThat(Spi.failureOf("a login that is cut after " + cutAfter + " bytes", factory::create))
                        .isInstanceOf(R2dbcException.class);
            }
        }
    }

    @Test
    @Proves("Loss")
    @ThroughProxy
    default void bytesThatComeOneByOneMakeNoDifference() {
        try (FaultProxy proxy = bench().proxy()) {
            proxy.forNewLinks(link -> {
                link.toServer().splitEveryByte(true);
                link.toClient().splitEveryByte(true);
            });
            Line line = bench().proxied(proxy);
            line.assertGood("every byte came by itself");
            line.close();
        }
    }
}
