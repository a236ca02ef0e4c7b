package io.weir.server.iotdb;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One call that every IoTDB answers without a login: {@code testConnectionEmptyRPC}. */
final class Ping {

    private static final int CALL = 0x8001_0001;
    private static final int REPLY = 0x8001_0002;
    private static final int LARGEST_REPLY = 1 << 20;
    private static final int MILLISECONDS = 10_000;

    private Ping() {}

    /** Fails unless an IoTDB with the binary protocol answers on this port. */
    static void binary(String host, int port) throws IOException {
        try (Socket socket = connected(host, port)) {
            call(socket, "testConnectionEmptyRPC");
        }
    }

    /** Calls a method without arguments in the strict binary protocol, and returns the reply's frame. */
    static byte[] call(Socket socket, String name) throws IOException {
        byte[] method = name.getBytes(StandardCharsets.US_ASCII);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        out.writeInt(4 + 4 + method.length + 4 + 1);
        out.writeInt(CALL);
        out.writeInt(method.length);
        out.write(method);
        out.writeInt(1);
        out.writeByte(0);
        out.flush();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int length = in.readInt();
        if (length < Integer.BYTES || length > LARGEST_REPLY) {
            throw new IOException("Whoever listens there does not speak IoTDB's protocol.");
        }
        byte[] reply = in.readNBytes(length);
        if (reply.length < length || ByteBuffer.wrap(reply).getInt() != REPLY) {
            throw new IOException("Whoever listens there does not answer as an IoTDB would.");
        }
        return reply;
    }

    /** Fails unless somebody accepts connections there: all that can be asked of TLS or the compact protocol here. */
    static void accepts(String host, int port) throws IOException {
        connected(host, port).close();
    }

    static Socket connected(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(MILLISECONDS);
            socket.connect(new InetSocketAddress(host, port), MILLISECONDS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
