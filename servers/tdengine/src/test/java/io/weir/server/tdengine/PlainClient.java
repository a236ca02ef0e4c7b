package io.weir.server.tdengine;

import io.weir.server.tdengine.json.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
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
        RawClient.upgrade(socket, in, "/ws");
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

    private void frame(int first, byte[] payload) throws IOException {
        socket.getOutputStream().write(RawClient.masked(first, payload));
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
