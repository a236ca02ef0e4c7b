package io.weir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback that plays one script per connection, in the order in which clients connect. A connection more than
 * there are scripts is refused and is a failure.
 *
 * <pre>{@code
 * try (ScriptedServer server = ScriptedServer.start(peer -> peer.expect(hello).send(welcome).expectEnd())) {
 *     ... connect to server.port() ...
 *     server.assertDone();
 * }
 * }</pre>
 *
 * A script is ordinary code on a thread of its own. What goes wrong in it is thrown by {@link #assertDone}, or at the latest
 * by {@link #close}, so that it is never lost.
 */
public final class ScriptedServer implements AutoCloseable {

    /** What one connection does. */
    @FunctionalInterface
    public interface Script {
        void play(Peer peer) throws Exception;
    }

    private final ServerSocket listener;
    private final List<Script> scripts;
    private final boolean forEver;
    private final List<Peer> peers = new CopyOnWriteArrayList<>();
    private final List<Thread> players = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private int ended;
    private volatile boolean closing;

    private ScriptedServer(ServerSocketFactory sockets, List<Script> scripts, boolean forEver) {
        this.scripts = scripts;
        this.forEver = forEver;
        try {
            listener = sockets.createServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startDaemon("scripted-server-" + port(), this::accept);
    }

    /** Plays one script per connection, in order. */
    public static ScriptedServer start(Script... scripts) {
        return new ScriptedServer(ServerSocketFactory.getDefault(), List.of(scripts), false);
    }

    /** Plays the same script for every connection; {@link #assertDone} then waits for the connections that were made. */
    public static ScriptedServer always(Script script) {
        return always(ServerSocketFactory.getDefault(), script);
    }

    /** The same with sockets of another kind: TLS. */
    public static ScriptedServer always(ServerSocketFactory sockets, Script script) {
        return new ScriptedServer(sockets, List.of(script), true);
    }

    public String host() {
        return listener.getInetAddress().getHostAddress();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many clients have connected so far. */
    public int connections() {
        return peers.size();
    }

    /** The connections so far, in order, to look at what they received. */
    public List<Peer> peers() {
        return List.copyOf(peers);
    }

    /** Waits until all scripts were played to their end, and throws what went wrong in them. */
    public void assertDone() {
        long end = System.nanoTime() + Patience.limit().toNanos();
        synchronized (failures) {
            while (failures.isEmpty() && ended < expected()) {
                long millis = (end - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    throw new AssertionError("Of " + expected() + " scripts " + ended + " had ended after "
                            + Patience.limit().toSeconds() + " s; " + peers.size() + " clients had connected. "
                            + peers);
                }
                try {
                    failures.wait(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("Interrupted while waiting for the scripts.", e);
                }
            }
        }
        throwFailure();
    }

    /** Ends all connections, and throws what went wrong in a script. Scripts that had not ended are no failure here. */
    @Override
    public void close() {
        closing = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            peers.forEach(Peer::close);
            players.forEach(Thread::interrupt);
        }
        throwFailure();
    }

    private int expected() {
        return forEver ? peers.size() : scripts.size();
    }

    private void throwFailure() {
        synchronized (failures) {
            if (!failures.isEmpty()) {
                AssertionError all = new AssertionError(failures.get(0).getMessage(), failures.get(0));
                failures.stream().skip(1).forEach(all::addSuppressed);
                failures.clear();
                throw all;
            }
        }
    }

    private void accept() {
        while (!closing) {
            try {
                Socket socket = listener.accept();
                int number = peers.size();
                if (!forEver && number >= scripts.size()) {
                    // Filed first: a client that sees its connection end may rely on it.
                    failed(new AssertionError("A client made connection " + (number + 1)
                            + ", but there are scripts for " + number + "."));
                    socket.close();
                    continue;
                }
                Peer peer = new Peer(socket, number);
                peers.add(peer);
                Script script = scripts.get(forEver ? 0 : number);
                players.add(startDaemon("scripted-server-" + port() + "-" + number, () -> play(script, peer)));
            } catch (IOException e) {
                if (!closing) {
                    failed(e);
                    return;
                }
            }
        }
    }

    private void play(Script script, Peer peer) {
        try {
            script.play(peer);
        } catch (Throwable e) {
            // Whatever a script throws belongs to the test's thread. Filed first, as above.
            failed(e);
        }
        peer.close();
        synchronized (failures) {
            ended++;
            failures.notifyAll();
        }
    }

    private void failed(Throwable failure) {
        synchronized (failures) {
            if (!closing) {
                failures.add(failure);
            }
            failures.notifyAll();
        }
    }

    private static Thread startDaemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** For the text of a failure. */
    static String orNothing(byte @Nullable [] bytes) {
        return bytes == null || bytes.length == 0 ? "nothing\n" : "\n" + Hex.dump(bytes);
    }
}
