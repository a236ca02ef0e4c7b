package io.weir.server.tdengine;

import io.weir.server.tdengine.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket on a plain socket, to send what no good client sends, and to see how a connection ends. */
final class RawClient implements AutoCloseable {

    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final Socket socket;

    RawClient(TdengineStandIn server, String path) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            upgrade(socket, in, path);
            Thread reader = new Thread(() -> read(in), "raw-client");
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a WebSocket of a connection. */
    static void upgrade(Socket socket, DataInputStream in, String path) throws IOException {
        String request = String.join(
                "\r\n",
                "GET " + path + " HTTP/1.1",
                "Host: h",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                "");
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("No WebSocket was opened: " + head);
        }
    }

    static RawClient connected(TdengineStandIn server) {
        RawClient client = new RawClient(server, "/ws");
        client.send("conn", "\"req_id\":1,\"user\":\"root\",\"password\":\"taosdata\"");
        client.next();
        return client;
    }

    void send(String action, String args) {
        text("{\"action\":\"" + action + "\",\"args\":{" + args + "}}");
    }

    void text(String text) {
        frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    void binary(byte[] bytes) {
        frame(0x82, bytes);
    }

    /** The reader answers Pings while a test sends. */
    private synchronized void frame(int first, byte[] payload) {
        try {
            socket.getOutputStream().write(masked(first, payload));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A frame under a mask of zeros. */
    static byte[] masked(int first, byte[] payload) {
        boolean small = payload.length < 126;
        ByteBuffer frame =
                ByteBuffer.allocate((small ? 6 : 14) + payload.length).put((byte) first);
        if (small) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        return frame.putInt(0).put(payload).array();
    }

    /** Asks for a Pong, which comes when the server has read all that was sent before; a Ping of ours prolongs nothing. */
    void ping() {
        frame(0x89, new byte[0]);
    }

    /** Actions 6 and 7. */
    void query(long requestId, String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        binary(head(30 + text.length, requestId, 0, 6)
                .putShort((short) 1)
                .putInt(text.length)
                .put(text)
                .array());
    }

    void fetch(long requestId, long result) {
        binary(head(26, requestId, result, 7).putShort((short) 1).array());
    }

    static ByteBuffer head(int length, long requestId, long second, long action) {
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(requestId)
                .putLong(second)
                .putLong(action);
    }

    /** The next text as a map, the next bytes as a buffer, "ping", "pong", or "end". */
    Object next() {
        try {
            Object next = heard.poll(20, TimeUnit.SECONDS);
            return next == null ? "nothing" : next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Map<String, Object> json() {
        Object next = next();
        if (!(next instanceof Map<?, ?> members)) {
            throw new AssertionError("No JSON came, but: " + next);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        members.forEach((name, value) -> json.put(String.valueOf(name), value));
        return json;
    }

    ByteBuffer bytes() {
        return (ByteBuffer) next();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(DataInputStream in) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean text = false;
        try {
            while (true) {
                int first = in.readUnsignedByte();
                byte[] payload = in.readNBytes(length(in));
                int opcode = first & 0x0f;
                switch (opcode) {
                    case 8 -> throw new EOFException("closed");
                    case 9 -> {
                        frame(0x8a, payload);
                        heard.add("ping");
                    }
                    case 10 -> heard.add("pong");
                    default -> {
                        text = opcode == 0 ? text : opcode == 1;
                        message.write(payload);
                        if ((first & 0x80) != 0) {
                            heard.add(text ? Json.parse(message.toString(StandardCharsets.UTF_8)) : bytes(message));
                            message.reset();
                        }
                    }
                }
            }
        } catch (IOException | UncheckedIOException gone) {
            heard.add("end");
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte();
        return switch (length) {
            case 126 -> in.readUnsignedShort();
            case 127 -> Math.toIntExact(in.readLong());
            default -> length;
        };
    }

    private static ByteBuffer bytes(ByteArrayOutputStream message) {
        return ByteBuffer.wrap(message.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }
}
