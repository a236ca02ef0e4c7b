package io.weir.server.iotdb;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One call that every IoTDB answers without a login: {@code testConnectionEmptyRPC}. */
final class Ping {

    private static final int CALL = 0x8001_0001;
    private static final int REPLY = 0x8001_0002;
    private static final int MILLISECONDS = 10_000;

    private Ping() {}

    /** Fails unless an IoTDB with the binary protocol answers on this port. */
    static void binary(String host, int port) throws IOException {
        byte[] method = "testConnectionEmptyRPC".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = connected(host, port)) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(4 + 4 + method.length + 4 + 1);
            out.writeInt(CALL);
            out.writeInt(method.length);
            out.write(method);
            out.writeInt(1);
            out.writeByte(0);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readInt();
            if (in.readInt() != REPLY) {
                throw new IOException("Whoever listens on " + host + ":" + port + " is no IoTDB.");
            }
        }
    }

    /** Fails unless somebody accepts connections there: all that can be asked of TLS or the compact protocol here. */
    static void accepts(String host, int port) throws IOException {
        connected(host, port).close();
    }

    private static Socket connected(String host, int port) throws IOException {
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
