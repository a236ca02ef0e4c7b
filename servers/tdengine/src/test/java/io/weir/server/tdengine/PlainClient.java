package io.weir.server.tdengine;

import io.weir.server.tdengine.json.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A WebSocket on a plain socket, which sees how a connection ends. */
final class PlainClient implements AutoCloseable {

    private final Socket socket;
    private final DataInputStream in;

    /** Connected and logged in. */
    PlainClient(TdengineStandIn server) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        String upgrade = String.join(
                "\r\n",
                "GET /ws HTTP/1.1",
                "Host: h",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                "");
        socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        frame(
                0x81,
                "{\"action\":\"conn\",\"args\":{\"req_id\":1,\"user\":\"root\",\"password\":\"taosdata\"}}"
                        .getBytes(StandardCharsets.UTF_8));
        json();
    }

    void query(String sql) throws IOException {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        frame(
                0x82,
                RawClient.head(30 + text.length, 2, 0, 6)
                        .putShort((short) 1)
                        .putInt(text.length)
                        .put(text)
                        .array());
    }

    void fetch(long result) throws IOException {
        frame(0x82, RawClient.head(26, 3, result, 7).putShort((short) 1).array());
    }

    /** Small frames only, under a mask of zeros. */
    private void frame(int first, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(6 + payload.length)
                .put((byte) first)
                .put((byte) (0x80 | payload.length))
                .putInt(0)
                .put(payload);
        socket.getOutputStream().write(frame.array());
    }

    Map<?, ?> json() throws IOException {
        in.readUnsignedByte();
        int length = in.readUnsignedByte();
        byte[] text = in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
        return (Map<?, ?>) Json.parse(new String(text, StandardCharsets.UTF_8));
    }

    /** All that still comes before the end of the connection. */
    byte[] untilTheEnd() throws IOException {
        return in.readAllBytes();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
