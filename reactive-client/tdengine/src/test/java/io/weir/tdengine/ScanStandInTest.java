package io.weir.tdengine;

import static io.weir.tdengine.StandIn.all;
import static io.weir.tdengine.StandIn.errorOf;
import static io.weir.tdengine.StandIn.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.WeirException;
import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.server.tdengine.manner.Manner;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Long results: demand, order, and nothing asked for twice at a time. */
class ScanStandInTest {

    private static final String SCAN = "SELECT * FROM weir_gen.rows_300000";

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void everyRowArrivesInItsOrderAndNoFetchOvertakesAnother(boolean compressed) {
        try (StandIn at = StandIn.start(
                TdengineServerOptions.defaults().with(Manner.FRAGMENT_BYTES, 5000),
                TdengineOptions.COMPRESSION,
                compressed)) {
            StepVerifier.create(at.client
                            .query(SCAN, row -> row.getLong(0))
                            .buffer(2)
                            .filter(pair -> pair.size() == 2 && pair.get(0) >= pair.get(1))
                            .count())
                    .expectNext(0L)
                    .expectComplete()
                    .verify(StandIn.LONG);
            assertThat(get(at.client.query(SCAN, row -> 1L).count())).isEqualTo(300_000);
            assertThat(at.server.counters().overlappingFetches()).isZero();
            assertThat(at.server.counters().openResults()).isZero();
        }
    }

    @Test
    void aReaderWhoAsksForOnePageGetsNoMoreThanOneAhead() {
        try (StandIn at = StandIn.start()) {
            StepVerifier.create(at.client.pages(SCAN), 1)
                    .assertNext(Page::close)
                    .then(() -> {
                        // Others are served on the same wire meanwhile.
                        assertThat(all(Flux.range(0, 64)
                                        .flatMap(i -> at.client.query("SELECT " + i, row -> row.getLong(0)), 64)))
                                .hasSize(64);
                        assertThat(at.server.counters().blocks()).isLessThan(2 + 2 * 64 + 1);
                    })
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(page -> {
                        page.close();
                        return true;
                    })
                    .expectComplete()
                    .verify(StandIn.LONG);
            assertThat(at.server.counters().overlappingFetches()).isZero();
        }
    }

    @Test
    void aServerGoneDumbIsFoundByOurOwnLimit() {
        try (StandIn at = StandIn.start();
                ClosingClient watchful = new ClosingClient(TdengineClient.builder()
                        .url("tdengine://root:taosdata@127.0.0.1:" + at.server.port())
                        .option(TdengineOptions.LIVENESS_INTERVAL, Duration.ofMillis(500))
                        .option(TdengineOptions.LIVENESS_LIMIT, Duration.ofSeconds(2))
                        .build())) {
            TdengineSession session = get(watchful.client().session());
            at.with(Manner.DUMB, true);
            WeirException error = errorOf(session.run("SELECT 1"));
            assertThat(error.kind()).isIn(ErrorKind.CLOSED, ErrorKind.TIMEOUT);
            assertThat(error.sent()).isEqualTo(WeirException.Sent.MAYBE);
        }
    }
}
