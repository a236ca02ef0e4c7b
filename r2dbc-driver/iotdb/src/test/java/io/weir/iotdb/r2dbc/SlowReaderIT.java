package io.weir.iotdb.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.compliance.SlowReader;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

/** Ten million rows through a JVM that could not hold a tenth of them. */
@ExtendWith(Shared.class)
class SlowReaderIT {

    private static final long ROWS = 10_000_000;
    /** The server puts as many rows between two that are there. */
    private static final int GAP = 100;

    private final TestDatabase database;

    SlowReaderIT(TestDatabase database) {
        this.database = database;
    }

    @Test
    @Timeout(300)
    void tenMillionRowsPassThroughASmallJvmHoweverSlowlyTheyAreRead() throws IOException, InterruptedException {
        String table = distantRows(Math.toIntExact(ROWS / GAP));
        String sql = "SELECT date_bin_gapfill(1ms, time) AS w, count(v) AS n FROM " + table
                + " WHERE time >= 0 AND time < " + ROWS + " GROUP BY 1";

        assertThat(SlowReader.inASmallJvm(database.url(), sql))
                .contains("rows=" + ROWS + " sum=" + ROWS * (ROWS - 1) / 2);
    }

    /** Rows at {@link #GAP} milliseconds from each other, so that a query can have a hundred times as many. */
    private String distantRows(int count) {
        String table = database.table("v INT32 FIELD");
        int perStatement = 1000;
        database.connected(connection -> Flux.range(0, count / perStatement)
                        .map(i -> insert(table, i * perStatement, (i + 1) * perStatement))
                        .concatMap(sql -> TestDatabase.execute(connection, sql)))
                .blockLast();
        return table;
    }

    private static String insert(String table, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(row -> "(" + (long) row * GAP + ",1)")
                .collect(Collectors.joining(",", "INSERT INTO " + table + "(time, v) VALUES ", ""));
    }
}
