package io.weir.benchmarks.iotdb;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.Readable;
import io.weir.benchmarks.worker.Checksum;
import io.weir.benchmarks.worker.Run;
import io.weir.benchmarks.worker.iotdb.Data;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A scan through the driver, over one connection that stays open. */
final class DriverScan implements AutoCloseable {

    private final String url;
    private @Nullable Connection connection;

    /** Nothing is connected before the first scan. */
    DriverScan(String url) {
        this.url = url;
    }

    /** {@code Result.map}, each column as the object that users of R2DBC ask for. */
    void rows(Run run) {
        Checksum checksum = run.checksum();
        Flux.from(connection()
                        .createStatement(Data.scan())
                        .fetchSize(Data.FETCH_ROWS)
                        .execute())
                .concatMap(result -> result.map((row, metadata) -> consume(row, checksum)))
                .then()
                .block();
    }

    private static boolean consume(Readable row, Checksum checksum) {
        checksum.add(value(row, 0, Long.class).longValue());
        checksum.add(value(row, 1, Long.class).longValue());
        checksum.add(value(row, 2, Double.class).doubleValue());
        checksum.add(value(row, 3, Boolean.class).booleanValue());
        checksum.add(value(row, 4, String.class));
        checksum.endRow();
        return true;
    }

    private static <T> T value(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }

    private Connection connection() {
        if (connection == null) {
            connection = Objects.requireNonNull(
                    Mono.from(ConnectionFactories.get(url).create()).block());
        }
        return connection;
    }

    @Override
    public void close() {
        if (connection != null) {
            Mono.from(connection.close()).block();
        }
    }
}
