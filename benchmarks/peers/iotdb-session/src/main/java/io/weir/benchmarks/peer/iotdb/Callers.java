package io.weir.benchmarks.peer.iotdb;

import io.weir.benchmarks.worker.CallerThreads;
import io.weir.benchmarks.worker.Checksum;
import io.weir.benchmarks.worker.Run;
import io.weir.benchmarks.worker.iotdb.Data;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.isession.pool.SessionDataSetWrapper;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.pool.SessionPool;

/** Many callers, a thread each, who ask for the last value of a series over one pool. */
final class Callers implements AutoCloseable {

    private static final int DEFAULT_POOL = 5;

    private final Sessions sessions;
    private final Map<Integer, SessionPool> pools = new HashMap<>();
    private final CallerThreads threads = new CallerThreads();

    Callers(Sessions sessions) {
        this.sessions = sessions;
    }

    /** As many callers as the size says, a session for each. */
    void last(Run run) throws Exception {
        call(run, pool(run.size()), run.size());
    }

    /** As many callers as the size says, on a pool of its default size. */
    void lastOfDefaultPool(Run run) throws Exception {
        call(run, pool(DEFAULT_POOL), run.size());
    }

    /** On a pool of as many sessions as the size says. */
    void lastOver(Run run) throws Exception {
        call(run, pool(run.size()), Data.CALLERS);
    }

    /** One of the callers reads a long result slowly, again and again, until the others are done. */
    void mixed(Run run) throws Exception {
        SessionPool pool = pool(run.size());
        AtomicBoolean over = new AtomicBoolean();
        Future<Long> scan = threads.beside(() -> scanSlowly(pool, over));
        try {
            call(run, pool, run.size() - 1);
        } finally {
            over.set(true);
        }
        run.beside(scan.get());
    }

    private void call(Run run, SessionPool pool, int callers) throws Exception {
        threads.make(run, callers, Data.CALLS, caller -> checksum -> call(pool, checksum));
    }

    private static void call(SessionPool pool, Checksum checksum)
            throws IoTDBConnectionException, StatementExecutionException {
        try (SessionDataSetWrapper set = pool.executeQueryStatement(Data.LAST)) {
            SessionDataSet.DataIterator row = set.iterator();
            while (row.next()) {
                checksum.add(row.getLong(1));
                checksum.add(row.getString(2));
                checksum.add(row.getString(3));
                checksum.add(row.getString(4));
            }
        }
    }

    private static long scanSlowly(SessionPool pool, AtomicBoolean over)
            throws IoTDBConnectionException, StatementExecutionException, InterruptedException {
        long rows = 0;
        while (!over.get()) {
            try (SessionDataSetWrapper set = pool.executeQueryStatement(Data.scan())) {
                SessionDataSet.DataIterator row = set.iterator();
                Checksum read = new Checksum();
                while (!over.get() && row.next()) {
                    SessionWorker.consume(row, read);
                    if (++rows % Data.FETCH_ROWS == 0) {
                        Thread.sleep(Data.REST_MILLIS);
                    }
                }
            }
        }
        return rows;
    }

    private SessionPool pool(int size) {
        return pools.computeIfAbsent(size, sessions::pool);
    }

    @Override
    public void close() {
        threads.close();
        pools.values().forEach(SessionPool::close);
    }
}
