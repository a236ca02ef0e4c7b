package io.weir.benchmarks.iotdb;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.weir.benchmarks.worker.Checksum;
import io.weir.benchmarks.worker.Work;
import io.weir.benchmarks.worker.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Scans with ours, over one connection that stays open. */
public final class OurWorker {

    private final Connection connection;
    private final String sql;
    private final int fetchSize;

    private OurWorker(Connection connection, String sql, int fetchSize) {
        this.connection = connection;
        this.sql = sql;
        this.fetchSize = fetchSize;
    }

    /** Arguments: host, port, fetch size, SQL of the scan. */
    public static void main(String[] args) throws IOException {
        String url = "r2dbc:iotdb://root:root@" + args[0] + ":" + args[1] + "?sqlDialect=tree";
        Connection connection = Objects.requireNonNull(
                Mono.from(ConnectionFactories.get(url).create()).block());
        OurWorker worker = new OurWorker(connection, args[3], Integer.parseInt(args[2]));
        Map<String, Work> works = Map.of("r2dbc", worker::rows);
        try {
            Worker.serve(works);
        } finally {
            Mono.from(connection.close()).block(Duration.ofSeconds(5));
        }
    }

    /** {@code Result.map}, each column as the object that R2DBC users ask for. */
    private void rows(Checksum checksum) {
        Flux.from(connection.createStatement(sql).fetchSize(fetchSize).execute())
                .concatMap(result -> result.map((row, metadata) -> {
                    checksum.add(Objects.requireNonNull(row.get(0, Long.class)).longValue());
                    checksum.add(Objects.requireNonNull(row.get(1, Long.class)).longValue());
                    checksum.add(
                            Objects.requireNonNull(row.get(2, Double.class)).doubleValue());
                    checksum.add(
                            Objects.requireNonNull(row.get(3, Boolean.class)).booleanValue());
                    checksum.add(Objects.requireNonNull(row.get(4, String.class)));
                    checksum.endRow();
                    return Boolean.TRUE;
                }))
                .then()
                .block();
    }
}
