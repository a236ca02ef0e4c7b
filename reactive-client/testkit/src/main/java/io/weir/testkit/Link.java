package io.weir.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One connection through a {@link FaultProxy}. */
public final class Link {

    private static final int CHUNK = 8 * 1024;

    // As in Peer: lets the receiver see the pieces apart, mostly.
    private static final long BREATH_NANOS = 20_000;

    private final int number;
    private final Socket client;
    private final @Nullable Socket server;
    private final Flow toServer;
    private final Flow toClient;
    private final AtomicBoolean cut = new AtomicBoolean();
    private final CountDownLatch pumps = new CountDownLatch(2);

    /** Without a server whatever the client sends is swallowed. */
    Link(int number, Socket client, @Nullable Socket server) {
        this.number = number;
        this.client = client;
        this.server = server;
        this.toServer = new Flow("Link " + number + " to the server", this::cut);
        this.toClient = new Flow("Link " + number + " to the client", this::cut);
    }

    /** Which connection this is, from 0. */
    public int number() {
        return number;
    }

    public Flow toServer() {
        return toServer;
    }

    public Flow toClient() {
        return toClient;
    }

    /** Nothing passes any more in either direction, while the connection stands. */
    public Link hold() {
        toServer.hold();
        toClient.hold();
        return this;
    }

    /** Everything passes again, at once and as it comes. */
    public Link pass() {
        toServer.pass();
        toClient.pass();
        return this;
    }

    /**
     * Ends the connection. The client sees what has passed and then a FIN or a RST; the server's end is closed. After a FIN
     * the link ends when the client closes its side too. Cutting it again does nothing.
     */
    public void cut(Cut how) {
        if (!cut.compareAndSet(false, true)) {
            return;
        }
        toServer.end();
        toClient.end();
        try {
            if (how == Cut.RST) {
                client.setSoLinger(true, 0);
                client.close();
            } else if (!client.isClosed() && !client.isOutputShutdown()) {
                client.shutdownOutput();
            }
        } catch (IOException alreadyGone) {
            quietly(client);
        }
        quietly(server);
    }

    /** Whether both ends have closed. */
    public boolean isEnded() {
        return pumps.getCount() == 0;
    }

    /** Waits until both ends have closed; fails when that takes more than some seconds. */
    public void awaitEnd() throws InterruptedException {
        if (!pumps.await(Patience.limit().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError("Link " + number + " had not ended after "
                    + Patience.limit().toSeconds() + " s. " + this);
        }
    }

    @Override
    public String toString() {
        return "Link " + number + ": " + toServer + "; " + toClient;
    }

    void start() {
        Socket target = server;
        startDaemon("up", () -> {
            if (target != null) {
                pump(client, target, toServer);
            }
            drain();
        });
        startDaemon("down", () -> {
            if (target != null) {
                pump(target, client, toClient);
            }
        });
    }

    void close() {
        cut(Cut.FIN);
        quietly(client);
    }

    private void pump(Socket from, Socket to, Flow flow) {
        byte[] buffer = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            while (flow.awaitOpen()) {
                int count = in.read(buffer);
                if (count < 0) {
                    if (flow.awaitOpen()) {
                        to.shutdownOutput();
                    }
                    return;
                }
                flow.arrived();
                if (!forward(buffer, count, out, flow)) {
                    return;
                }
            }
        } catch (IOException lost) {
            // One end is gone without a word, and so goes the other; or it is our own cut that is felt here.
            cut(Cut.RST);
        } catch (RuntimeException e) {
            // Such as from a test's frame cutter: it shall be seen, and nobody shall wait for more bytes.
            cut(Cut.RST);
            throw e;
        }
    }

    private static boolean forward(byte[] buffer, int count, OutputStream out, Flow flow) throws IOException {
        for (int sent = 0; sent < count; ) {
            int now = flow.permit(buffer, sent, count - sent);
            if (now == 0) {
                return false;
            }
            out.write(buffer, sent, now);
            flow.passed(buffer, sent, now);
            sent += now;
            if (flow.isSplit()) {
                LockSupport.parkNanos(BREATH_NANOS);
            }
        }
        return true;
    }

    /** What the client still sends after a cut is nobody's; its end is what counts. */
    private void drain() {
        try {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            quietly(client);
        }
    }

    private void startDaemon(String direction, Runnable pump) {
        Thread thread = new Thread(
                () -> {
                    try {
                        pump.run();
                    } finally {
                        pumps.countDown();
                        if (isEnded()) {
                            quietly(client);
                            quietly(server);
                        }
                    }
                },
                "fault-proxy-" + number + "-" + direction);
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException ignored) {
            // It is closed for us, and nobody else has it.
            return;
        }
    }
}
