package io.weir.server.tdengine;

import io.weir.server.tdengine.manner.Manners;
import io.weir.server.tdengine.session.Adapter;
import io.weir.server.tdengine.session.Counters;
import io.weir.server.tdengine.sql.Engine;
import io.weir.server.tdengine.tmq.Groups;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for TDengine's adapter on the loopback interface, in this process.
 *
 * <p>It speaks {@code /ws}, {@code /rest/tmq}, {@code /rest/sql} and {@code /-/ping}; {@code /weir/manners} and
 * {@code /weir/state} are its own, for tests in other processes.
 */
public final class TdengineStandIn implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final long KEEP_ALIVE_MILLIS = 200;
    private static final int BACKLOG = 1024;

    private final ServerSocket listener;
    private final boolean tls;
    private final Manners manners;
    private final Adapter adapter;
    private final Groups groups = new Groups();
    private final ExecutorService threads;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile @Nullable String causeOfDeath;

    private TdengineStandIn(TdengineServerOptions options, ServerSocket listener) {
        this.listener = listener;
        this.tls = options.tls() != null;
        this.manners = new Manners(options.manners());
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "tdengine-stand-in-" + port() + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        Engine engine = new Engine(manners, options.clock());
        this.adapter = new Adapter(engine, manners, options.clock(), threads, this::die);
    }

    public static TdengineStandIn start() {
        return start(TdengineServerOptions.defaults());
    }

    public static TdengineStandIn start(TdengineServerOptions options) {
        try {
            SSLContext tls = options.tls();
            ServerSocketFactory sockets = tls == null ? ServerSocketFactory.getDefault() : tls.getServerSocketFactory();
            ServerSocket listener =
                    sockets.createServerSocket(options.port(), BACKLOG, InetAddress.getLoopbackAddress());
            TdengineStandIn standIn = new TdengineStandIn(options, listener);
            standIn.threads.execute(standIn::accept);
            standIn.threads.execute(standIn::keepAliveForEver);
            return standIn;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The stand-in can not listen on port " + options.port() + " of this machine.", e);
        }
    }

    /** For instance {@code r2dbc:tdengine://root:taosdata@127.0.0.1:6041}. */
    public String url() {
        return (tls ? "r2dbcs" : "r2dbc") + ":tdengine://root:taosdata@" + HOST + ":" + port();
    }

    public String host() {
        return HOST;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Its habits, which may be changed at any time. */
    public Manners manners() {
        return manners;
    }

    public Counters counters() {
        return adapter.counters();
    }

    /** The arguments of the last conn, without its secrets. */
    public Map<String, @Nullable Object> lastConn() {
        return adapter.lastConn();
    }

    /** What ended the stand-in as it would have ended the real adapter; null while nothing did. */
    public @Nullable String causeOfDeath() {
        return causeOfDeath;
    }

    /** Sends the Pings that are due by the clock and ends idle sockets. It happens by itself five times a second. */
    public void keepAlive() {
        connections.forEach(Connection::keepAlive);
    }

    /** Cuts off all sockets, as a network may do. New ones are welcome. */
    public void dropConnections() {
        connections.forEach(Connection::close);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                Connection connection = new Connection(socket, adapter, groups, connections::remove);
                connections.add(connection);
                threads.execute(connection::serve);
            } catch (IOException e) {
                if (!closed) {
                    die("The listener failed: " + e);
                }
            }
        }
    }

    private void keepAliveForEver() {
        while (!closed) {
            keepAlive();
            try {
                TimeUnit.MILLISECONDS.sleep(KEEP_ALIVE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void die(String reason) {
        causeOfDeath = reason;
        System.err.println("TDengine stand-in on port " + port() + " is DEAD. " + reason);
        close();
    }

    /** Ends all sockets and threads. Closing again does nothing. */
    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dropConnections();
        threads.shutdownNow();
    }
}
