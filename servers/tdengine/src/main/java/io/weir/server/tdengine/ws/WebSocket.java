package io.weir.server.tdengine.ws;

import io.weir.server.tdengine.manner.Manner;
import io.weir.server.tdengine.manner.Manners;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The server's end of a WebSocket: one thread reads, any thread sends. */
public final class WebSocket implements Closeable {

    private static final int BYTES_OF_COMPRESSED_FRAMES = 4096;

    private final Socket socket;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final boolean deflate;
    private final Manners manners;
    private final InstantSource clock;
    private volatile Instant lastHeard;
    private volatile Instant lastPing;
    private volatile boolean dumb;

    public WebSocket(Socket socket, InputStream in, boolean deflate, Manners manners, InstantSource clock)
            throws IOException {
        this.socket = socket;
        this.reader = new FrameReader(new DataInputStream(in), deflate);
        this.writer = new FrameWriter(socket.getOutputStream());
        this.deflate = deflate;
        this.manners = manners;
        this.clock = clock;
        this.lastHeard = clock.instant();
        this.lastPing = lastHeard;
    }

    /** The next message, or null when the client is gone or may be. */
    public @Nullable Message read() {
        try {
            while (true) {
                Frame frame = reader.next();
                switch (frame.opcode()) {
                    case Frame.PING -> send(new Frame(Frame.PONG, true, false, frame.payload()));
                    case Frame.PONG -> lastHeard = clock.instant();
                    case Frame.CLOSE -> {
                        if (manners.is(Manner.CLOSE_ECHO)) {
                            send(frame);
                        }
                        return null;
                    }
                    default -> {
                        lastHeard = clock.instant();
                        return new Message(frame.opcode() == Frame.TEXT, frame.payload());
                    }
                }
            }
        } catch (ProtocolViolation e) {
            closeWith(1002, e.getMessage());
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    public void sendText(String text) {
        sendMessage(Frame.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public void sendBinary(byte[] bytes) {
        sendMessage(Frame.BINARY, bytes);
    }

    private void sendMessage(int opcode, byte[] plain) {
        byte[] payload = deflate ? Deflate.compress(plain) : plain;
        int piece = deflate ? BYTES_OF_COMPRESSED_FRAMES : manners.number(Manner.FRAGMENT_BYTES);
        send(new Frame(opcode, true, deflate, payload), piece);
    }

    /** Half of a message, and then the connection ends. */
    public void sendHalf(byte[] bytes) {
        if (!isDumb()) {
            try {
                writer.half(new Frame(Frame.BINARY, true, false, bytes));
            } catch (IOException goneAlready) {
                // Then there is nothing left to cut off.
            }
        }
        close();
    }

    public void closeWith(int status, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[text.length + 2];
        payload[0] = (byte) (status >> 8);
        payload[1] = (byte) status;
        System.arraycopy(text, 0, payload, 2, text.length);
        send(new Frame(Frame.CLOSE, true, false, payload));
    }

    private void send(Frame frame) {
        send(frame, 0);
    }

    private void send(Frame frame, int piece) {
        if (isDumb()) {
            return;
        }
        try {
            writer.send(frame, piece);
        } catch (IOException e) {
            close();
        }
    }

    private boolean isDumb() {
        return dumb || manners.is(Manner.DUMB);
    }

    /** From now on this socket takes everything and says nothing. */
    public void fallSilent() {
        dumb = true;
    }

    /** Sends the Ping that is due, or ends the connection of a client that was silent for too long. */
    public void keepAlive() {
        Instant now = clock.instant();
        if (isDumb()) {
            return;
        }
        if (!now.isBefore(lastHeard.plusSeconds(manners.number(Manner.IDLE_SECONDS)))) {
            close();
        } else if (!now.isBefore(lastPing.plusSeconds(manners.number(Manner.PING_SECONDS)))) {
            lastPing = now;
            send(new Frame(Frame.PING, true, false, new byte[0]));
        }
    }

    @Override
    public void close() {
        // Half of it first: the client must hear of the end even while our reader is still in its call.
        try (socket) {
            socket.shutdownOutput();
        } catch (IOException e) {
            // It is closed as far as it can be.
        }
    }

    /** What a client sent: text or bytes. */
    @SuppressWarnings("ArrayRecordComponent") // It is passed on and never compared.
    public record Message(boolean isText, byte[] bytes) {
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
