package io.weir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port of loopback on which nobody listens, and nobody will: it is taken for good, so that no other program gets it. */
public final class ClosedPort {

    private static final Socket TAKEN = take();

    private ClosedPort() {}

    public static String host() {
        return TAKEN.getLocalAddress().getHostAddress();
    }

    public static int number() {
        return TAKEN.getLocalPort();
    }

    private static Socket take() {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
