package io.weir.core.wire;

import io.weir.core.Endpoint;
import io.weir.testkit.ClosedPort;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server on loopback with a thread per connection, which does what the test says. */
final class ToyServer implements AutoCloseable {

    /** What to do with a connection; it is closed afterwards. */
    interface Talk {
        void with(Peer peer) throws IOException;
    }

    private final ServerSocket listener;
    private final Talk talk;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    ToyServer(Talk talk) {
        this(ServerSocketFactory.getDefault(), talk);
    }

    ToyServer(ServerSocketFactory factory, Talk talk) {
        this.talk = talk;
        try {
            this.listener = factory.createServerSocket(0, 50, loopback());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon("toy-listener", this::accept);
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** Answers each question with itself. */
    static Talk echo() {
        return peer -> {
            for (String q = peer.hear(); q != null; q = peer.hear()) {
                peer.say("." + q);
            }
        };
    }

    /** Says nothing, and waits until the other side leaves. */
    static Talk silence() {
        return peer -> {
            while (peer.in.read() >= 0) {
                // goes on listening
            }
        };
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", listener.getLocalPort());
    }

    /** Where nobody listens. */
    static Endpoint nobody() {
        return new Endpoint("127.0.0.1", ClosedPort.number());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                accepted.incrementAndGet();
                daemon("toy-peer", () -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            talk.with(new Peer(socket));
        } catch (IOException gone) {
            // the other side has left, or was never what it seemed
        } finally {
            ended.incrementAndGet();
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's end of a connection. */
    static final class Peer {
        final Socket socket;
        final DataInputStream in;
        final DataOutputStream out;

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(socket.getInputStream());
            this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        }

        /** The next question; null at the end. */
        String hear() throws IOException {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }

        void say(String... frames) throws IOException {
            for (String frame : frames) {
                byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            out.flush();
        }
    }
}
