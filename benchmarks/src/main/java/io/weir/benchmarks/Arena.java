package io.weir.benchmarks;

import java.util.List;

/**
 * A server that runs, with its data, and both sides that work against it, with the same arguments: host and port.
 *
 * @param host of the server
 * @param port of the server
 * @param stop ends the server
 * @param ourMain the main class of our side, which runs on this process's class path
 * @param peer the folder of the peer below {@code benchmarks/peers}
 * @param peerMain the main class of the peer, which runs on the class path that its own POM has built
 */
public record Arena(
        String host, int port, Runnable stop, String ourMain, String peer, String peerMain, Transcript transcript)
        implements AutoCloseable {

    /** Starts a JVM that does our side's work. */
    public WorkerProcess ours(List<String> jvmFlags) {
        String classPath = System.getProperty("java.class.path");
        return WorkerProcess.start("ours", jvmFlags, classPath, ourMain, arguments(), transcript);
    }

    /** Starts a JVM that does the peer's work. */
    public WorkerProcess peer(List<String> jvmFlags) {
        String classPath = WorkerProcess.peerClassPath(Project.peer(peer));
        return WorkerProcess.start("peer", jvmFlags, classPath, peerMain, arguments(), transcript);
    }

    /**
     * Lets the peer load what both sides read; nothing of it is measured.
     *
     * @param commands for the peer's worker
     */
    public void load(List<String> commands) {
        transcript.say("Loading with " + peer + " (no figure)");
        try (WorkerProcess loader = peer(WorkerProcess.JVM_FLAGS)) {
            commands.forEach(loader::sample);
        }
    }

    private List<String> arguments() {
        return List.of(host, Integer.toString(port));
    }

    @Override
    public void close() {
        stop.run();
    }
}
