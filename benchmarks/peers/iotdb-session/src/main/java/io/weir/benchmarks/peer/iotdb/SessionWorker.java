package io.weir.benchmarks.peer.iotdb;

import io.weir.benchmarks.worker.Checksum;
import io.weir.benchmarks.worker.Work;
import io.weir.benchmarks.worker.Worker;
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

/** Scans with iotdb-session, over one session that stays open, and loads the data for both sides. */
public final class SessionWorker {

    /** For one call; generous, because the server counts the whole life of a cursor. */
    private static final long QUERY_TIMEOUT_MILLIS = 600_000;

    private final Session session;
    private final String sql;

    private SessionWorker(Session session, String sql) {
        this.session = session;
        this.sql = sql;
    }

    /** Arguments: host, port, fetch size, SQL of the scan, how many rows {@code load} writes. */
    public static void main(String[] args) throws IoTDBConnectionException, StatementExecutionException, IOException {
        // Everything that costs a scan time and that a user can switch off is off: no redirection, no background fetch
        // of the node list. The compression of tablets is off because the server of the benchmark cannot read it.
        Session session = new Session.Builder()
                .host(args[0])
                .port(Integer.parseInt(args[1]))
                .username("root")
                .password("root")
                .fetchSize(Integer.parseInt(args[2]))
                .enableRedirection(false)
                .enableAutoFetch(false)
                .enableIoTDBRpcCompression(false)
                .build();
        session.open(false);
        SessionWorker worker = new SessionWorker(session, args[3]);
        Loader loader = new Loader(session, Integer.parseInt(args[4]));
        Map<String, Work> works = Map.of("load", loader::load, "iterator", worker::iterator, "record", worker::record);
        try {
            Worker.serve(works);
        } finally {
            session.close();
        }
    }

    /** DataIterator, typed getters by index: no object per row, the fastest way that this client has. */
    private void iterator(Checksum checksum) throws StatementExecutionException, IoTDBConnectionException {
        try (SessionDataSet set = session.executeQueryStatement(sql, QUERY_TIMEOUT_MILLIS)) {
            SessionDataSet.DataIterator row = set.iterator();
            while (row.next()) {
                checksum.add(row.getLong(1));
                checksum.add(row.getLong(2));
                checksum.add(row.getDouble(3));
                checksum.add(row.getBoolean(4));
                checksum.add(row.getString(5));
                checksum.endRow();
            }
        }
    }

    /** RowRecord and its fields: the way of the tutorials, and the one that hands out objects as R2DBC does. */
    private void record(Checksum checksum) throws StatementExecutionException, IoTDBConnectionException {
        try (SessionDataSet set = session.executeQueryStatement(sql, QUERY_TIMEOUT_MILLIS)) {
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
