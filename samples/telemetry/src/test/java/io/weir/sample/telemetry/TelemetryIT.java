package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.weir.iotdb.IotdbClient;
import io.weir.server.iotdb.SharedIotdb;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The whole sample against a real server, without its terminal. */
class TelemetryIT {

    private static final String DATABASE = "sample_telemetry_it";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whatIsLoadedAndWrittenIsInTheDatabaseOnceAndComesBack() {
        ConnectionPool pool = new ConnectionPool(ConnectionPoolConfiguration.builder(
                        ConnectionFactories.get(SharedIotdb.url() + "/" + DATABASE + "?sqlDialect=table"))
                .maxSize(Telemetry.CONNECTIONS)
                .build());
        IotdbClient client = IotdbClient.create("iotdb://root:root@" + SharedIotdb.host() + ":" + SharedIotdb.port()
                + "/" + DATABASE + "?sqlDialect=table");
        Store store = new Store(pool, client, DATABASE);
        Telemetry telemetry = new Telemetry(new SampleOptions(2_500, 3, 0), quiet());

        telemetry.run(store, Mono.never()).block(PATIENCE);
        Snapshot end = telemetry.snapshot();
        Long rows = store.upTo(Long.MAX_VALUE).count().block(PATIENCE);
        pool.disposeLater().then(client.close()).block(PATIENCE);

        assertThat(end.load().done()).isEqualTo(2_500);
        assertThat(end.written().total()).isPositive();
        assertThat(end.readBack().total())
                .isPositive()
                .isLessThanOrEqualTo(end.written().total());
        assertThat(end.replayed().total()).isPositive();
        assertThat(end.latency().p50()).isPositive();
        assertThat(end.machines()).hasSize(12);
        // The last insert may have been cut off by the end, before it was counted.
        assertThat(rows)
                .isBetween(2_500 + end.written().total(), 2_500 + end.written().total() + 12 * 100);
    }

    private static Display quiet() {
        return new PlainDisplay(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    }
}
