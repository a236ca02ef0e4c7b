package io.weir.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The server's end of one connection, in the hands of a script. All calls wait; none waits longer than some seconds. */
public final class Peer implements AutoCloseable {

    // Enough for a waiting reader to wake up and take what is there, so that it mostly sees the pieces apart.
    private static final long BREATH_NANOS = 30_000;

    private final Socket socket;
    private final int number;
    private final InputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    Peer(Socket socket, int number) throws IOException {
        this.socket = socket;
        this.number = number;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Patience.limit().toMillis());
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Which connection this is, from 0. */
    public int number() {
        return number;
    }

    /** Takes exactly so many bytes. */
    public byte[] read(int count) {
        return read(count, new byte[0]);
    }

    /** Takes one frame. */
    public byte[] readFrame(FrameCutter cutter) {
        byte[] bytes = new byte[0];
        while (true) {
            int length = cutter.frameLength(ByteBuffer.wrap(bytes));
            if (length == FrameCutter.UNKNOWN) {
                bytes = read(bytes.length + 1, bytes);
            } else {
                return read(length, bytes);
            }
        }
    }

    /** Takes exactly these bytes. */
    public Peer expect(byte[] bytes) {
        byte[] got = read(bytes.length);
        int difference = Arrays.mismatch(bytes, got);
        if (difference >= 0) {
            throw new AssertionError("Connection " + number + ": byte " + difference + " differs. Expected "
                    + ScriptedServer.orNothing(bytes) + "but got " + ScriptedServer.orNothing(got));
        }
        return this;
    }

    /** Takes so many bytes, which the predicate accepts; {@code what} names them in the failure. */
    public Peer expect(int count, String what, Predicate<byte[]> accepted) {
        byte[] got = read(count);
        if (!accepted.test(got)) {
            throw new AssertionError(
                    "Connection " + number + ": expected " + what + ", but got " + ScriptedServer.orNothing(got));
        }
        return this;
    }

    /** Takes and forgets so many bytes. */
    public Peer skip(int count) {
        read(count);
        return this;
    }

    /** Waits until the client closes its side, and fails if it sends anything before. A reset counts as closing. */
    public Peer expectEnd() {
        int next;
        try {
            next = in.read();
        } catch (SocketTimeoutException e) {
            throw new AssertionError(
                    "Connection " + number + ": not closed by the client within "
                            + Patience.limit().toSeconds() + " s.",
                    e);
        } catch (IOException reset) {
            return this;
        }
        if (next >= 0) {
            throw new AssertionError("Connection " + number + ": expected the client to close it, but it sent "
                    + ScriptedServer.orNothing(new byte[] {(byte) next}) + "and maybe more.");
        }
        return this;
    }

    /** Waits for the next byte, and tells whether the client has closed its side instead. */
    public boolean isAtEnd() {
        try {
            in.mark(1);
            int next = in.read();
            in.reset();
            return next < 0;
        } catch (SocketTimeoutException e) {
            throw missing("nothing came", 1, new byte[0]);
        } catch (IOException reset) {
            return true;
        }
    }

    /** Sends all bytes at once. */
    public Peer send(byte... bytes) {
        try {
            out.write(bytes);
            out.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Connection " + number + ": could not send " + bytes.length + " bytes", e);
        }
    }

    /** Sends the bytes in pieces that end before the given offsets. */
    public Peer sendSplitAt(byte[] bytes, int... offsets) {
        int from = 0;
        for (int offset : offsets) {
            send(Arrays.copyOfRange(bytes, from, offset));
            LockSupport.parkNanos(BREATH_NANOS);
            from = offset;
        }
        return send(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    /** Sends every byte by itself. */
    public Peer sendByteByByte(byte... bytes) {
        int[] offsets = new int[Math.max(0, bytes.length - 1)];
        Arrays.setAll(offsets, i -> i + 1);
        return sendSplitAt(bytes, offsets);
    }

    /** Does nothing until somebody counts the latch down. */
    public Peer waitFor(CountDownLatch told) throws InterruptedException {
        if (!told.await(Patience.limit().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError("Connection " + number + ": was not told to go on within "
                    + Patience.limit().toSeconds() + " s.");
        }
        return this;
    }

    /** Says nothing more, takes whatever comes, until the client closes. */
    public Peer stayTacit() {
        try {
            socket.setSoTimeout(0);
            byte[] some = new byte[1024];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                keep(some, n);
            }
        } catch (IOException ended) {
            return this;
        }
        return this;
    }

    /** Ends the connection with a FIN. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection with a RST. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    /** Everything the client has sent and the script has taken. */
    public byte[] received() {
        synchronized (received) {
            return received.toByteArray();
        }
    }

    @Override
    public String toString() {
        return "Connection " + number + " had received " + ScriptedServer.orNothing(received());
    }

    private byte[] read(int count, byte[] begun) {
        byte[] bytes = Arrays.copyOf(begun, count);
        int have = begun.length;
        try {
            while (have < count) {
                int n = in.read(bytes, have, count - have);
                if (n < 0) {
                    throw missing("the client closed the connection", count, Arrays.copyOf(bytes, have));
                }
                keep(Arrays.copyOfRange(bytes, have, have + n), n);
                have += n;
            }
            return bytes;
        } catch (SocketTimeoutException e) {
            throw missing(
                    "nothing more came in " + Patience.limit().toSeconds() + " s", count, Arrays.copyOf(bytes, have));
        } catch (IOException e) {
            throw missing(e.toString(), count, Arrays.copyOf(bytes, have));
        }
    }

    private AssertionError missing(String why, int count, byte[] got) {
        return new AssertionError("Connection " + number + ": expected " + count + " bytes, but " + why + " after "
                + ScriptedServer.orNothing(got));
    }

    private void keep(byte[] bytes, int count) {
        synchronized (received) {
            received.write(bytes, 0, count);
        }
    }
}
