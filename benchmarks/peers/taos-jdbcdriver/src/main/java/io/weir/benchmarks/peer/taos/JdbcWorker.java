package io.weir.benchmarks.peer.taos;

import io.weir.benchmarks.worker.CallerThreads;
import io.weir.benchmarks.worker.Checksum;
import io.weir.benchmarks.worker.Run;
import io.weir.benchmarks.worker.Stalled;
import io.weir.benchmarks.worker.Worker;
import io.weir.benchmarks.worker.tdengine.Data;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads and writes with the driver over WebSocket. The works have the names that ours have. */
public final class JdbcWorker {

    /**
     * The driver asks for the next block when its queue of five has room, and sometimes nobody does: its reader notes that
     * a block is under way only after having asked for it, and so can overwrite the note that the queue was full again. It
     * then waits for its time-out. Such samples are not held against it.
     */
    private static final int NO_BLOCK_IN_TIME = 0x231e;

    private static final int PATIENCE_MILLIS = 3_000;

    private final String host;
    private final String port;
    private final String url;
    private final Connection connection;
    private final CallerThreads threads = new CallerThreads();
    private final List<Connection> ofCallers = new ArrayList<>();

    private JdbcWorker(String host, String port) throws SQLException {
        this.host = host;
        this.port = port;
        // A text as String is what ours gives too; by default the driver gives bytes.
        this.url =
                "jdbc:TAOS-WS://" + host + ":" + port + "/?varcharAsString=true&messageWaitTimeout=" + PATIENCE_MILLIS;
        this.connection = connect();
    }

    /** Arguments: host, port. */
    public static void main(String[] args) throws IOException, SQLException {
        JdbcWorker worker = new JdbcWorker(args[0], args[1]);
        try {
            Inserts inserts = new Inserts(worker, args[0], args[1]);
            Worker.serve(Map.of(
                    "load", worker::load,
                    "scan", worker::scan,
                    "points", worker::points,
                    "one", inserts::one,
                    "oneWritten", inserts::oneWritten,
                    "many", inserts::many,
                    "manyWritten", inserts::manyWritten));
        } finally {
            worker.close();
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "root", "taosdata");
    }

    private void load(Run run) throws IOException, InterruptedException, SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String side : List.of("ours", "peer")) {
                for (String sql : Data.schema(side)) {
                    statement.execute(sql);
                }
            }
        }
        Data.keepWrites(host, port, false);
        run.checksum().endRow();
    }

    private void scan(Run run) throws SQLException, Stalled {
        read(Data.scan(run.size()), run.checksum());
    }

    /** All rows of a statement: typed getters by index, no object per row but the text. */
    void read(String sql, Checksum checksum) throws SQLException, Stalled {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                consume(rows, checksum);
                checksum.endRow();
            }
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_BLOCK_IN_TIME) {
                throw new Stalled(e);
            }
            throw e;
        }
    }

    /** As many callers as the size says, a thread and a connection each. */
    private void points(Run run) throws Exception {
        while (ofCallers.size() < run.size()) {
            ofCallers.add(connect());
        }
        threads.make(run, run.size(), Data.CALLS, caller -> {
            Statement statement = ofCallers.get(caller).createStatement();
            return checksum -> point(statement, checksum);
        });
    }

    private static void point(Statement statement, Checksum checksum) throws SQLException {
        try (ResultSet rows = statement.executeQuery(Data.POINT)) {
            while (rows.next()) {
                consume(rows, checksum);
            }
        }
    }

    private static void consume(ResultSet row, Checksum checksum) throws SQLException {
        checksum.add(row.getLong(1));
        checksum.add(row.getLong(2));
        checksum.add(row.getDouble(3));
        checksum.add(row.getBoolean(4));
        checksum.add(row.getString(5));
    }

    private void close() throws SQLException {
        threads.close();
        for (Connection one : ofCallers) {
            one.close();
        }
        connection.close();
    }
}
