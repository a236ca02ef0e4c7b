package io.weir.benchmarks.peer.iotdb;

import io.weir.benchmarks.worker.Checksum;
import io.weir.benchmarks.worker.Run;
import io.weir.benchmarks.worker.Worker;
import io.weir.benchmarks.worker.iotdb.Data;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.apache.tsfile.read.common.Field;
import org.apache.tsfile.read.common.RowRecord;

/** Reads and writes with iotdb-session, and loads the data for both sides. Scans go over one session that stays open. */
public final class SessionWorker {

    /** For one call; generous, because the server counts the whole life of a cursor. */
    private static final long QUERY_TIMEOUT_MILLIS = 600_000;

    private final Session session;

    private SessionWorker(Session session) {
        this.session = session;
    }

    /** Arguments: host, port. */
    public static void main(String[] args) throws IoTDBConnectionException, IOException {
        Sessions sessions = new Sessions(args[0], Integer.parseInt(args[1]));
        Session session = sessions.open();
        SessionWorker worker = new SessionWorker(session);
        Loader loader = new Loader(session);
        try (Callers callers = new Callers(sessions);
                Tablets tablets = new Tablets(sessions)) {
            Worker.serve(Map.ofEntries(
                    Map.entry("load", loader::scan),
                    Map.entry("loadLong", loader::longer),
                    Map.entry("loadWide", loader::wide),
                    Map.entry("scan", worker::scan),
                    Map.entry("records", worker::records),
                    Map.entry("long", worker::longer),
                    Map.entry("wide", worker::wide),
                    Map.entry("tablets", tablets::write),
                    Map.entry("written", worker::written),
                    Map.entry("last", callers::last),
                    Map.entry("lastDefault", callers::lastOfDefaultPool),
                    Map.entry("lastOver", callers::lastOver),
                    Map.entry("mixed", callers::mixed)));
        } finally {
            session.close();
        }
    }

    private void scan(Run run) throws StatementExecutionException, IoTDBConnectionException {
        iterate(Data.scan(), run.checksum());
    }

    /** So many rows; few of them again and again, because what is over in no time can not be timed. */
    private void longer(Run run) throws StatementExecutionException, IoTDBConnectionException {
        for (int left = Data.times(run.size()); left > 0; left--) {
            iterate(Data.scan(run.size()), run.checksum());
        }
    }

    /** What this side has written with as many sessions as the size says, read back. */
    private void written(Run run) throws StatementExecutionException, IoTDBConnectionException {
        for (int i = 0; i < run.size(); i++) {
            iterate(Data.all(Data.written("peer", run.size(), i)), run.checksum());
        }
    }

    /** DataIterator, typed getters by index: no object per row, the fastest way that this client has. */
    private void iterate(String sql, Checksum checksum) throws StatementExecutionException, IoTDBConnectionException {
        try (SessionDataSet set = session.executeQueryStatement(sql, QUERY_TIMEOUT_MILLIS)) {
            SessionDataSet.DataIterator row = set.iterator();
            while (row.next()) {
                consume(row, checksum);
            }
        }
    }

    static void consume(SessionDataSet.DataIterator row, Checksum checksum) throws StatementExecutionException {
        checksum.add(row.getLong(1));
        checksum.add(row.getLong(2));
        checksum.add(row.getDouble(3));
        checksum.add(row.getBoolean(4));
        checksum.add(row.getString(5));
        checksum.endRow();
    }

    /** As many columns as the size says; again and again, for the same reason. */
    private void wide(Run run) throws StatementExecutionException, IoTDBConnectionException {
        for (int left = Data.WIDE_TIMES; left > 0; left--) {
            iterateDoubles(Data.wide(run.size()), run.size(), run.checksum());
        }
    }

    private void iterateDoubles(String sql, int columns, Checksum checksum)
            throws StatementExecutionException, IoTDBConnectionException {
        try (SessionDataSet set = session.executeQueryStatement(sql, QUERY_TIMEOUT_MILLIS)) {
            SessionDataSet.DataIterator row = set.iterator();
            while (row.next()) {
                checksum.add(row.getLong(1));
                for (int column = 0; column < columns; column++) {
                    checksum.add(row.getDouble(column + 2));
                }
                checksum.endRow();
            }
        }
    }

    /** RowRecord and its fields: the way of the tutorials, and the one that hands out objects as R2DBC does. */
    private void records(Run run) throws StatementExecutionException, IoTDBConnectionException {
        Checksum checksum = run.checksum();
        try (SessionDataSet set = session.executeQueryStatement(Data.scan(), QUERY_TIMEOUT_MILLIS)) {
            while (set.hasNext()) {
                RowRecord row = set.next();
                List<Field> fields = row.getFields();
                checksum.add(row.getTimestamp());
                checksum.add(fields.get(0).getLongV());
                checksum.add(fields.get(1).getDoubleV());
                checksum.add(fields.get(2).getBoolV());
                checksum.add(fields.get(3).getBinaryV().getStringValue(StandardCharsets.UTF_8));
                checksum.endRow();
            }
        }
    }
}
