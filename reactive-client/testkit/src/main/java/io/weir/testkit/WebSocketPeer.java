package io.weir.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The server's end of a WebSocket in the hands of a script: frame by frame, so that a script can do what servers do and what
 * they should not.
 *
 * <pre>{@code
 * ScriptedServer.start(peer -> WebSocketPeer.accept(peer).expectText("hello").sendText("welcome").close(1000, "bye"))
 * }</pre>
 */
public final class WebSocketPeer {

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int COMPRESSED = 4;

    /**
     * One frame as it came, unmasked.
     *
     * @param rsv the three reserved bits
     */
    @SuppressWarnings("ArrayRecordComponent") // frames are looked at, never compared
    public record Frame(int opcode, boolean fin, int rsv, byte[] payload) {

        /** The payload as text. */
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "frame " + opcode + (fin ? "" : " (not the last)") + (rsv == 0 ? "" : " rsv " + rsv) + " "
                    + ScriptedServer.orNothing(payload);
        }
    }

    private final Peer peer;
    private final String request;

    private WebSocketPeer(Peer peer, String request) {
        this.peer = peer;
        this.request = request;
    }

    /** Takes the client's handshake and grants it. */
    public static WebSocketPeer accept(Peer peer) {
        return accept(peer, "");
    }

    /** The same with permessage-deflate, every message by itself; fails if the client has not offered it. */
    public static WebSocketPeer acceptDeflate(Peer peer) {
        WebSocketPeer granted = accept(
                peer,
                "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n");
        if (!granted.header("Sec-WebSocket-Extensions").contains("permessage-deflate")) {
            throw new AssertionError("The client offered no permessage-deflate: " + granted.request);
        }
        return granted;
    }

    private static WebSocketPeer accept(Peer peer, String headers) {
        WebSocketPeer granted = new WebSocketPeer(peer, readHead(peer));
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + acceptKey(granted.header("Sec-WebSocket-Key")) + "\r\n" + headers + "\r\n";
        peer.send(answer.getBytes(StandardCharsets.US_ASCII));
        return granted;
    }

    /** Takes a request's head, the empty line at its end included. */
    public static String readHead(Peer peer) {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) peer.read(1)[0]);
        }
        return head.toString();
    }

    /** The head of the client's handshake. */
    public String request() {
        return request;
    }

    /** A header of the handshake; empty if there is none. */
    public String header(String name) {
        Matcher line =
                Pattern.compile("(?im)^" + Pattern.quote(name) + ": *(.*?)\r?$").matcher(request);
        return line.find() ? line.group(1) : "";
    }

    /** The connection below. */
    public Peer connection() {
        return peer;
    }

    /** Takes one frame, which has to be masked as a client's frames are. */
    public Frame read() {
        byte[] head = peer.read(2);
        if ((head[1] & 0x80) == 0) {
            throw new AssertionError("The client sent a frame without a mask");
        }
        int length = head[1] & 0x7f;
        if (length == 126) {
            length = ByteBuffer.wrap(peer.read(2)).getShort() & 0xffff;
        } else if (length == 127) {
            length = Math.toIntExact(ByteBuffer.wrap(peer.read(8)).getLong());
        }
        byte[] mask = peer.read(4);
        byte[] payload = peer.read(length);
        for (int i = 0; i < length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new Frame(head[0] & 0x0f, (head[0] & 0x80) != 0, head[0] >> 4 & 7, payload);
    }

    /** Takes one frame of this kind. */
    public Frame read(int opcode) {
        Frame frame = read();
        if (frame.opcode != opcode) {
            throw new AssertionError("Expected a frame with opcode " + opcode + ", but got " + frame);
        }
        return frame;
    }

    /** Takes one message, which is inflated if need be. */
    public String readText() {
        return text(read(TEXT));
    }

    /** Whether the client has closed the connection, or said that it will; otherwise something can be read. */
    public boolean isAtEnd() {
        return peer.isAtEnd();
    }

    public WebSocketPeer expectText(String text) {
        String got = readText();
        if (!got.equals(text)) {
            throw new AssertionError("Expected '" + text + "', but got '" + got + "'");
        }
        return this;
    }

    public WebSocketPeer sendText(String text) {
        return send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A message in one frame. */
    public WebSocketPeer send(int opcode, byte... payload) {
        peer.send(frame(opcode, true, 0, payload));
        return this;
    }

    /** A message in frames of at most so many bytes; {@code between} is sent as it is after each but the last. */
    public WebSocketPeer sendFragments(int opcode, int size, byte[] payload, byte... between) {
        return sendFragments(opcode, 0, size, payload, between);
    }

    /** A compressed message, cut as some servers do: the first frame says that it is compressed. */
    public WebSocketPeer sendDeflated(int opcode, int size, byte... payload) {
        return sendFragments(opcode, COMPRESSED, size, deflate(payload));
    }

    private WebSocketPeer sendFragments(int opcode, int rsv, int size, byte[] payload, byte... between) {
        for (int from = 0; from == 0 || from < payload.length; from += size) {
            int to = Math.min(from + size, payload.length);
            boolean last = to == payload.length;
            byte[] part = Arrays.copyOfRange(payload, from, to);
            peer.send(from == 0 ? frame(opcode, last, rsv, part) : frame(CONTINUATION, last, 0, part));
            if (!last) {
                peer.send(between);
            }
        }
        return this;
    }

    /** Sends a Close frame; the connection stays. */
    public WebSocketPeer sendClose(int status, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return send(
                CLOSE,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) status)
                        .put(text)
                        .array());
    }

    /** The bytes of a frame as a server sends it. */
    public static byte[] frame(int opcode, boolean fin, int rsv, byte... payload) {
        int length = payload.length;
        ByteBuffer out = ByteBuffer.allocate(10 + length);
        out.put((byte) ((fin ? 0x80 : 0) | rsv << 4 | opcode));
        if (length < 126) {
            out.put((byte) length);
        } else if (length < 65536) {
            out.put((byte) 126).putShort((short) length);
        } else {
            out.put((byte) 127).putLong(length);
        }
        out.put(payload);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static String text(Frame frame) {
        return (frame.rsv & COMPRESSED) == 0
                ? frame.text()
                : new String(inflate(frame.payload), StandardCharsets.UTF_8);
    }

    private static byte[] deflate(byte[] payload) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(payload);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] some = new byte[8192];
            int n;
            do {
                n = deflater.deflate(some, 0, some.length, Deflater.SYNC_FLUSH);
                out.write(some, 0, n);
            } while (n == some.length);
            // The flush ends with four bytes that both sides know.
            return Arrays.copyOf(out.toByteArray(), out.size() - TAIL.length);
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflate(byte[] payload) {
        Inflater inflater = new Inflater(true);
        try {
            byte[] whole = Arrays.copyOf(payload, payload.length + TAIL.length);
            System.arraycopy(TAIL, 0, whole, payload.length, TAIL.length);
            inflater.setInput(whole);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] some = new byte[8192];
            for (int n = inflater.inflate(some); n > 0; n = inflater.inflate(some)) {
                out.write(some, 0, n);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new AssertionError("The client's message can not be inflated", e);
        } finally {
            inflater.end();
        }
    }

    private static String acceptKey(String key) {
        if (key.isEmpty()) {
            throw new AssertionError("No handshake of a WebSocket: there is no Sec-WebSocket-Key");
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
