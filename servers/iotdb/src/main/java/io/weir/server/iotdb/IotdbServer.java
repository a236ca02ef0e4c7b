package io.weir.server.iotdb;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A running IoTDB, the real one, in a process of its own on the loopback interface.
 *
 * <p>The process ends with {@link #close}, with this JVM, and also when this JVM is killed.
 */
public final class IotdbServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int ATTEMPTS = 5;

    private final IotdbServerOptions options;
    private final ServerClassPath jars;
    private final ServerFolder folder;
    private final Ports ports;
    private final Thread atExit = new Thread(this::end, "iotdb-server-end");
    private volatile ServerProcess process;

    private IotdbServer(
            IotdbServerOptions options, ServerClassPath jars, ServerFolder folder, Ports ports, ServerProcess process) {
        this.options = options;
        this.jars = jars;
        this.folder = folder;
        this.ports = ports;
        this.process = process;
    }

    public static IotdbServer start() {
        return start(IotdbServerOptions.defaults());
    }

    /** Returns when the server answers, after about three seconds on an idle machine. */
    public static IotdbServer start(IotdbServerOptions options) {
        ServerClassPath jars = ServerClassPath.find();
        if (options.port() != 0 && !Ports.isFree(options.port())) {
            throw portTaken(options.port());
        }
        Ports known = options.folder() == null ? null : knownPorts(options, options.folder());
        for (int attempt = 1; ; attempt++) {
            ServerFolder folder = ServerFolder.of(options.folder());
            Ports ports = known != null ? known : Ports.free(options.port());
            try {
                ServerProcess process = launch(options, jars, folder, ports);
                IotdbServer server = new IotdbServer(options, jars, folder, ports, process);
                Runtime.getRuntime().addShutdownHook(server.atExit);
                RealServers.started("IoTDB " + jars.version());
                return server;
            } catch (StartFailure e) {
                folder.deleteIfThrowAway();
                // Between choosing a port and using it somebody else may have taken it: then other ports will do.
                if (!e.portWasTaken || known != null || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static @Nullable Ports knownPorts(IotdbServerOptions options, Path folder) {
        Ports known = ServerFolder.of(folder).ports();
        if (known != null && options.port() != 0 && options.port() != known.client()) {
            throw new IllegalStateException("The data in " + folder + " belong to a server on port " + known.client()
                    + ": leave the port out, or take another folder.");
        }
        return known;
    }

    private static ServerProcess launch(
            IotdbServerOptions options, ServerClassPath jars, ServerFolder folder, Ports ports) {
        folder.configure(options, ports);
        ServerProcess process = ServerProcess.launch(folder, jars, options.heapMegabytes());
        try {
            if (!process.awaitReady(folder)) {
                throw new StartFailure("The IoTDB server did not start.", folder, null);
            }
            if (options.tls() || options.compactProtocol()) {
                Ping.accepts(HOST, ports.client());
            } else {
                Ping.binary(HOST, ports.client());
            }
            return process;
        } catch (InterruptedException e) {
            process.kill();
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while the IoTDB server started.", folder, e);
        } catch (IOException e) {
            process.kill();
            throw new StartFailure(
                    "The IoTDB server runs, but does not answer on port " + ports.client() + ".", folder, e);
        }
    }

    /** Keeps what the log told, for the folder may go. */
    private static final class StartFailure extends IllegalStateException {
        private static final long serialVersionUID = 1;

        private final boolean portWasTaken;

        StartFailure(String what, ServerFolder folder, @Nullable Exception cause) {
            super(what + " " + folder.logSummary(), cause);
            portWasTaken = folder.portWasTaken();
        }
    }

    private static IllegalStateException portTaken(int port) {
        return new IllegalStateException(
                "Port " + port + " is taken on this machine: stop what listens there, or choose another port.");
    }

    /** For instance {@code r2dbc:iotdb://root:root@127.0.0.1:6667}; {@code r2dbcs:} if the server wants TLS. */
    public String url() {
        return (options.tls() ? "r2dbcs" : "r2dbc") + ":iotdb://root:root@" + HOST + ":" + port();
    }

    public String host() {
        return HOST;
    }

    /** The client port; it stays the same over a restart. */
    public int port() {
        return ports.client();
    }

    /** What the server printed and logged, all its lives in one file. Gone with a throw-away folder. */
    public Path log() {
        return folder.log();
    }

    /** The server's process: a new one after each restart. */
    public ProcessHandle process() {
        return process.handle();
    }

    /** The hard end of a server, as by a power cut. Data and ports stay for {@link #restart}. */
    public void kill() {
        process.kill();
    }

    /** Kills the server if it lives, and starts it again on the same ports and data. Returns when it answers. */
    public void restart() {
        process.kill();
        process = launch(options, jars, folder, ports);
    }

    /** Freezes the server: it keeps its connections and says nothing, until {@link #resume}. */
    public void pause() {
        process.pause();
    }

    public void resume() {
        process.resume();
    }

    /** Ends the process and deletes a throw-away folder. Closing again does nothing. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyShuttingDown) {
            // Then the hook runs as well and finds nothing to do.
        }
    }

    private void end() {
        process.kill();
        folder.deleteIfThrowAway();
    }
}
