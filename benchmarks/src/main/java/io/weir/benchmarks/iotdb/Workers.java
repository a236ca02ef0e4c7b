package io.weir.benchmarks.iotdb;

import io.weir.benchmarks.Project;
import io.weir.benchmarks.Transcript;
import io.weir.benchmarks.WorkerProcess;
import io.weir.server.iotdb.IotdbServer;
import java.util.List;

/** Starts both sides against one server, with the same arguments. */
final class Workers {

    static final String PEER_NAME = "iotdb-session:2.0.7";

    /** The peer's default; measured, it is as fast with 1000 and with 10 000, and slower beyond. */
    private static final String FETCH_SIZE = "5000";

    private static final String SQL = "SELECT counter, temperature, running, label FROM root.bench.scan";

    private final List<String> arguments;
    private final Transcript transcript;

    Workers(IotdbServer server, int rows, Transcript transcript) {
        this.arguments =
                List.of(server.host(), Integer.toString(server.port()), FETCH_SIZE, SQL, Integer.toString(rows));
        this.transcript = transcript;
    }

    WorkerProcess ours() {
        String classPath = System.getProperty("java.class.path");
        return WorkerProcess.start("ours", classPath, OurWorker.class.getName(), arguments, transcript);
    }

    WorkerProcess peer() {
        String classPath = WorkerProcess.peerClassPath(Project.peer("iotdb-session"));
        return WorkerProcess.start(
                "peer", classPath, "io.weir.benchmarks.peer.iotdb.SessionWorker", arguments, transcript);
    }
}
