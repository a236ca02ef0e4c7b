package io.weir.benchmarks.peer.taos;

import com.taosdata.jdbc.TaosPrepareStatement;
import io.weir.benchmarks.worker.Run;
import io.weir.benchmarks.worker.Stalled;
import io.weir.benchmarks.worker.tdengine.Data;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes batches with a prepared statement, column by column. Of the driver's four ways (rows with addBatch, the same with
 * pbsMode=line, with asyncWrite, columns) this one took the least time and CPU.
 */
final class Inserts {

    private static final String SIDE = "peer";
    private static final int LABEL_BYTES = 20;

    private final Connection connection;
    private final JdbcWorker worker;
    private final String host;
    private final String port;

    Inserts(JdbcWorker worker, String host, String port) throws SQLException {
        this.connection = worker.connect();
        this.worker = worker;
        this.host = host;
        this.port = port;
    }

    /** Batches of as many rows as the size says, into one table. */
    void one(Run run) throws SQLException {
        one(run, Data.ROWS);
    }

    private void one(Run run, int all) throws SQLException {
        write(run, all, "INSERT INTO " + Data.one(SIDE) + " VALUES (?, ?, ?, ?, ?)", 1);
    }

    /** The same over many tables: each batch has rows for all of them. */
    void many(Run run) throws SQLException {
        many(run, Data.ROWS);
    }

    private void many(Run run, int all) throws SQLException {
        write(run, all, "INSERT INTO ? USING " + Data.many(SIDE) + " TAGS (?) VALUES (?, ?, ?, ?, ?)", Data.TABLES);
    }

    /** Writes once into a server that keeps it, and reads it back. */
    void oneWritten(Run run) throws IOException, InterruptedException, SQLException, Stalled {
        Data.keepWrites(host, port, true);
        one(run, Data.PROVEN_ROWS);
        worker.read(Data.all(Data.one(SIDE)), run.checksum());
        Data.keepWrites(host, port, false);
    }

    /** The same over many tables. */
    void manyWritten(Run run) throws IOException, InterruptedException, SQLException, Stalled {
        Data.keepWrites(host, port, true);
        many(run, Data.PROVEN_ROWS);
        worker.read(Data.all(Data.many(SIDE)), run.checksum());
        Data.keepWrites(host, port, false);
    }

    private void write(Run run, int all, String sql, int tables) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(sql)) {
            TaosPrepareStatement statement = prepared.unwrap(TaosPrepareStatement.class);
            for (long first = 0; first < all; first += run.size()) {
                for (int table = 0; table < tables; table++) {
                    if (tables > 1) {
                        statement.setTableName(Data.DATABASE + "." + Data.table(SIDE, table));
                        statement.setTagInt(0, table);
                    }
                    bind(statement, first + table, first + run.size(), tables);
                }
                statement.columnDataExecuteBatch();
                // It does not say how many rows were written; what is read back in the end does.
                run.checksum().rows(run.size());
            }
        }
    }

    private static void bind(TaosPrepareStatement statement, long first, long end, int step) throws SQLException {
        int rows = Math.toIntExact((end - first + step - 1) / step);
        List<Long> time = new ArrayList<>(rows);
        List<Long> counter = new ArrayList<>(rows);
        List<Double> temperature = new ArrayList<>(rows);
        List<Boolean> running = new ArrayList<>(rows);
        List<String> label = new ArrayList<>(rows);
        for (long row = first; row < end; row += step) {
            time.add(Data.FIRST_TIME + row);
            counter.add(Data.counter(row));
            temperature.add(Data.temperature(row));
            running.add(Data.running(row));
            label.add(Data.label(row));
        }
        statement.setTimestamp(0, time);
        statement.setLong(1, counter);
        statement.setDouble(2, temperature);
        statement.setBoolean(3, running);
        statement.setString(4, label, LABEL_BYTES);
        statement.columnDataAddBatch();
    }
}
