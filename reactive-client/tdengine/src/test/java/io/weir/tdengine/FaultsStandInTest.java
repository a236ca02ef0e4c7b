package io.weir.tdengine;

import static io.weir.tdengine.StandIn.all;
import static io.weir.tdengine.StandIn.errorOf;
import static io.weir.tdengine.StandIn.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.testkit.FaultProxy;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Long pauses, and values that do not fit. */
class FaultsStandInTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    /** Time passes for the server, which pings; the client's answer has reached it when this returns. */
    private void pass(StandIn at, FaultProxy proxy, int seconds) {
        long before = proxy.link(0).toServer().bytes();
        now.updateAndGet(moment -> moment.plusSeconds(seconds));
        at.server.keepAlive();
        Await.until(() -> proxy.link(0).toServer().bytes() > before);
    }

    @Test
    void manyCallersOnOneSocketAreServedWhileOneReaderPausesForLongerThanTheServersIdleLimit() {
        try (StandIn at = StandIn.start(TdengineServerOptions.defaults().withClock(now::get));
                FaultProxy proxy = FaultProxy.before(at.server.host(), at.server.port());
                ClosingClient paused = ClosingClient.of("tdengine://root:taosdata@127.0.0.1:" + proxy.port())) {
            TdengineSession session = get(paused.client().session());
            StepVerifier.create(session.pages("SELECT * FROM weir_gen.rows_100000"), 1)
                    .assertNext(Page::close)
                    .then(() -> {
                        for (int i = 0; i < 4; i++) {
                            pass(at, proxy, 54);
                            assertThat(all(Flux.range(0, 64)
                                            .flatMap(n -> session.query("SELECT " + n, row -> row.getLong(0)), 64)))
                                    .hasSize(64);
                        }
                    })
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(page -> {
                        page.close();
                        return true;
                    })
                    .expectComplete()
                    .verify(StandIn.LONG);
            assertThat(session.isOpen()).isTrue();
            assertThat(proxy.links()).hasSize(1);
        }
    }

    @Test
    void pingsAreAnsweredWhileTheOnlyReaderPauses() {
        try (StandIn at = StandIn.start(TdengineServerOptions.defaults().withClock(now::get));
                FaultProxy proxy = FaultProxy.before(at.server.host(), at.server.port());
                ClosingClient paused = ClosingClient.of("tdengine://root:taosdata@127.0.0.1:" + proxy.port())) {
            TdengineSession session = get(paused.client().session());
            StepVerifier.create(session.query("SELECT * FROM weir_gen.rows_20000", row -> row.getLong(0)), 1)
                    .expectNextCount(1)
                    .then(() -> {
                        for (int i = 0; i < 4; i++) {
                            pass(at, proxy, 54);
                        }
                    })
                    .thenRequest(Long.MAX_VALUE)
                    .expectNextCount(19_999)
                    .expectComplete()
                    .verify(StandIn.LONG);
        }
    }

    @Test
    void aSessionThatIsIdleForTooLongForTheServerIsLostAndSaysSo() {
        try (StandIn at = StandIn.start(TdengineServerOptions.defaults().withClock(now::get))) {
            TdengineSession session = get(at.client.session());
            now.updateAndGet(moment -> moment.plusSeconds(200));
            at.server.keepAlive();
            assertThat(errorOf(session.onClose()).kind()).isEqualTo(ErrorKind.CLOSED);
            assertThat(get(at.client.ping())).isTrue();
        }
    }

    @Test
    void aValueOfTheWrongTypeIsNamedByRowAndColumn() {
        try (StandIn at = StandIn.start()) {
            at.run("CREATE DATABASE p", "CREATE TABLE p.t (ts TIMESTAMP, v INT, name VARCHAR(10))");
            TdengineSession session = get(at.client.session());
            TdengineStatement statement = get(session.prepare("INSERT INTO p.t VALUES(?, ?, ?)"));
            assertThatThrownBy(() -> statement.batch().row(1L, 1, "a").row(2L, "two", "b"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("Row 1", "column 'v'", "java.lang.String", "possible are");
            assertThatThrownBy(() -> statement.batch().row(1L, 1L << 40, "a"))
                    .hasMessageContainingAll("Row 0", "column 'v'", "is not between");
            assertThat(get(statement.write(statement.batch().row(1L, 1, "a")))).isEqualTo(1);
            get(session.close());
        }
    }
}
