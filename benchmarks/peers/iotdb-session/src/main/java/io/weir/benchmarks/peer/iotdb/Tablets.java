package io.weir.benchmarks.peer.iotdb;

import io.weir.benchmarks.worker.Run;
import io.weir.benchmarks.worker.iotdb.Data;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.apache.tsfile.write.record.Tablet;

/** Writes tablet after tablet, with a thread, a device and one tablet that is filled again and again for each session. */
final class Tablets implements AutoCloseable {

    private final Sessions sessions;
    private final List<Session> open = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "writer");
        thread.setDaemon(true);
        return thread;
    });
    private long firstRow;

    Tablets(Sessions sessions) {
        this.sessions = sessions;
    }

    /** With as many sessions as the size says. Rows go on where those of the run before ended. */
    void write(Run run) throws IoTDBConnectionException, ExecutionException, InterruptedException {
        int writers = run.size();
        while (open.size() < writers) {
            open.add(sessions.open());
        }
        int tablets = Data.TABLETS / writers;
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            Session session = open.get(writer);
            String device = Data.written("peer", writers, writer);
            tasks.add(() -> write(session, device, tablets));
        }
        for (Future<Void> done : threads.invokeAll(tasks)) {
            done.get();
        }
        firstRow += (long) tablets * Data.TABLET_ROWS;
        run.checksum().rows((long) tablets * writers * Data.TABLET_ROWS);
    }

    private Void write(Session session, String device, int tablets)
            throws IoTDBConnectionException, StatementExecutionException {
        Tablet tablet = new Tablet(device, Loader.COLUMNS, Data.TABLET_ROWS);
        long row = firstRow;
        for (int i = 0; i < tablets; i++) {
            tablet.reset();
            for (int index = 0; index < Data.TABLET_ROWS; index++) {
                Loader.fill(tablet, index, row++);
            }
            // "true" says that the rows are in order, which spares the client looking.
            session.insertTablet(tablet, true);
        }
        return null;
    }

    @Override
    public void close() throws IoTDBConnectionException {
        threads.shutdownNow();
        for (Session session : open) {
            session.close();
        }
    }
}
