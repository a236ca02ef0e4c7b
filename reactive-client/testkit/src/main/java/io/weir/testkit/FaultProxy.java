package io.weir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on loopback between a client and a real server, which delays, splits, holds, cuts and records: each connection
 * ({@link Link}) and each of its directions ({@link Flow}) by itself, at any time.
 *
 * <p>It reads from one side only as fast as the other side takes, so a client that does not read holds the server back. At
 * most so much is on its way inside the proxy, per direction: the two socket buffers (the kernel may take twice what was
 * asked for) and 8 KiB. {@link Flow#bytes()} counts what the receiver's socket has taken; of these the sending socket
 * buffer's share may not have reached the receiver.
 */
public final class FaultProxy implements AutoCloseable {

    /** Default of the proxy's four socket buffers, in bytes. */
    public static final int SOCKET_BUFFER = 64 * 1024;

    private final ServerSocket listener;
    private final int socketBuffer;
    private final List<Link> links = new ArrayList<>();
    private volatile InetSocketAddress target;
    private volatile Consumer<Link> setup = link -> {};
    private volatile boolean blackHole;
    private volatile boolean closed;

    private FaultProxy(String host, int port, int socketBuffer) {
        this.target = new InetSocketAddress(host, port);
        this.socketBuffer = socketBuffer;
        try {
            listener = new ServerSocket();
            listener.setReceiveBufferSize(socketBuffer);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread acceptor = new Thread(this::accept, "fault-proxy-" + port());
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** A proxy before this server. The server need not run yet. */
    public static FaultProxy before(String host, int port) {
        return new FaultProxy(host, port, SOCKET_BUFFER);
    }

    /** A proxy whose sockets have buffers of so many bytes: small ones make back-pressure felt soon. */
    public static FaultProxy before(String host, int port, int socketBuffer) {
        return new FaultProxy(host, port, socketBuffer);
    }

    public String host() {
        return listener.getInetAddress().getHostAddress();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Where new links lead from now on. */
    public FaultProxy target(String host, int port) {
        target = new InetSocketAddress(host, port);
        return this;
    }

    /** What is done with every new link before its first byte passes. Replaces what was set before. */
    public FaultProxy forNewLinks(Consumer<Link> setup) {
        this.setup = setup;
        return this;
    }

    /** While on, new connections are accepted, but whatever they send is swallowed and never answered. */
    public FaultProxy blackHole(boolean on) {
        blackHole = on;
        return this;
    }

    /** All links so far, also those that have ended. */
    public List<Link> links() {
        synchronized (links) {
            return List.copyOf(links);
        }
    }

    /** The link with this number, from 0. Waits until it is made; fails when that takes more than some seconds. */
    public Link link(int number) {
        long end = System.nanoTime() + Patience.limit().toNanos();
        synchronized (links) {
            while (links.size() <= number) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("No link " + number + " within "
                            + Patience.limit().toSeconds() + " s; there are " + links.size() + ".");
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(links, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("Interrupted while waiting for link " + number, e);
                }
            }
            return links.get(number);
        }
    }

    /** Does this with all links that have not ended. */
    public void forAll(Consumer<Link> action) {
        links().stream().filter(link -> !link.isEnded()).forEach(action);
    }

    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links().forEach(Link::close);
    }

    private void accept() {
        while (!closed) {
            Socket client;
            try {
                client = listener.accept();
            } catch (IOException listenerClosed) {
                return;
            }
            connect(client);
        }
    }

    private void connect(Socket client) {
        Socket server = null;
        try {
            prepare(client);
            if (!blackHole) {
                server = new Socket();
                prepare(server);
                server.connect(target);
            }
        } catch (IOException unreachable) {
            refuse(client, server);
            return;
        }
        Link link;
        synchronized (links) {
            link = new Link(links.size(), client, server);
            setup.accept(link);
            links.add(link);
            links.notifyAll();
        }
        link.start();
        if (closed) {
            link.close();
        }
    }

    private void prepare(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSendBufferSize(socketBuffer);
        if (!socket.isConnected()) {
            socket.setReceiveBufferSize(socketBuffer);
        }
    }

    /** What comes nearest to a refused connection: the client is connected to us already. */
    private static void refuse(Socket client, @Nullable Socket server) {
        try (client;
                server) {
            client.setSoLinger(true, 0);
        } catch (IOException gone) {
            // Then it needs no refusal.
            return;
        }
    }
}
