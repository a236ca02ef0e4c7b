package io.weir.benchmarks.peer.iotdb;

import io.weir.benchmarks.worker.Checksum;
import io.weir.benchmarks.worker.Run;
import io.weir.benchmarks.worker.iotdb.Data;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    // The threads of a sample must outlive it, or their figures are lost.
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        return thread;
    });

    Callers(Sessions sessions) {
        this.sessions = sessions;
    }

    /** As many callers as the size says, a session for each. */
    void last(Run run) throws ExecutionException, InterruptedException {
        call(run, pool(run.size()), run.size());
    }

    /** As many callers as the size says, on a pool of its default size. */
    void lastOfDefaultPool(Run run) throws ExecutionException, InterruptedException {
        call(run, pool(DEFAULT_POOL), run.size());
    }

    /** One of the callers reads a long result slowly, again and again, until the others are done. */
    void mixed(Run run) throws ExecutionException, InterruptedException {
        SessionPool pool = pool(run.size());
        AtomicBoolean over = new AtomicBoolean();
        Future<Long> scan = threads.submit(() -> scanSlowly(pool, over));
        try {
            call(run, pool, run.size() - 1);
        } finally {
            over.set(true);
        }
        run.beside(scan.get());
    }

    private void call(Run run, SessionPool pool, int callers) throws ExecutionException, InterruptedException {
        List<Callable<Checksum>> tasks = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            tasks.add(() -> call(run, pool, new Checksum(), Data.CALLS / callers));
        }
        for (Future<Checksum> done : threads.invokeAll(tasks)) {
            run.checksum().addAll(done.get());
        }
    }

    private static Checksum call(Run run, SessionPool pool, Checksum checksum, int calls)
            throws IoTDBConnectionException, StatementExecutionException {
        for (int i = 0; i < calls; i++) {
            long began = System.nanoTime();
            try (SessionDataSetWrapper set = pool.executeQueryStatement(Data.LAST)) {
                SessionDataSet.DataIterator row = set.iterator();
                while (row.next()) {
                    checksum.add(row.getLong(1));
                    checksum.add(row.getString(2));
                    checksum.add(row.getString(3));
                    checksum.add(row.getString(4));
                }
            }
            checksum.endRow();
            run.latencies().add(System.nanoTime() - began);
        }
        return checksum;
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
        threads.shutdownNow();
        pools.values().forEach(SessionPool::close);
    }
}
