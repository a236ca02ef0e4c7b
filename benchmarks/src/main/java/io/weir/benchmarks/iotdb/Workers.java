package io.weir.benchmarks.iotdb;

import io.weir.benchmarks.Project;
import io.weir.benchmarks.Transcript;
import io.weir.benchmarks.WorkerProcess;
import io.weir.server.iotdb.IotdbServer;
import java.util.List;

/** Starts both sides against one server, with the same arguments. */
final class Workers {

    static final String PEER_NAME = "iotdb-session:2.0.7";

    private final List<String> arguments;
    private final Transcript transcript;

    Workers(IotdbServer server, Transcript transcript) {
        this.arguments = List.of(server.host(), Integer.toString(server.port()));
        this.transcript = transcript;
    }

    WorkerProcess ours(List<String> jvmFlags) {
        String classPath = System.getProperty("java.class.path");
        return WorkerProcess.start("ours", jvmFlags, classPath, OurWorker.class.getName(), arguments, transcript);
    }

    WorkerProcess peer(List<String> jvmFlags) {
        String classPath = WorkerProcess.peerClassPath(Project.peer("iotdb-session"));
        String main = "io.weir.benchmarks.peer.iotdb.SessionWorker";
        return WorkerProcess.start("peer", jvmFlags, classPath, main, arguments, transcript);
    }
}
