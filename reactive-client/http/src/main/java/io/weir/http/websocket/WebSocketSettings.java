package io.weir.http.websocket;

import io.weir.core.wire.SocketSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What a system tells about its WebSockets. Immutable; every {@code with…} returns a changed copy.
 *
 * @param socket what is below
 * @param path what to ask for, with the query: {@code /ws?token=…}. The query counts as a secret, and is in no text
 * @param headers more headers of the handshake; their values count as secrets
 * @param maxMessage the longest message that is accepted, all its fragments together and uncompressed, in bytes
 * @param livenessInterval after so long a silence of the server we send a Ping; zero means never
 * @param livenessLimit if nothing at all comes for so long after our Ping, the wire is given up
 * @param writeTimeout if the socket takes nothing of what waits in it for so long, the wire is given up, at the latest
 *     after twice the time; zero means never
 * @param deflate whether to offer permessage-deflate
 * @param missing what to check where the server has no WebSocket at this path, as the end of an error
 */
public record WebSocketSettings(
        SocketSettings socket,
        String path,
        Map<String, String> headers,
        int maxMessage,
        Duration livenessInterval,
        Duration livenessLimit,
        Duration writeTimeout,
        boolean deflate,
        String missing) {

    public WebSocketSettings {
        Objects.requireNonNull(socket, "socket");
        headers = Map.copyOf(headers);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("The path of a WebSocket begins with a slash: '" + shown(path) + "'");
        }
        if (maxMessage < 1024) {
            throw new IllegalArgumentException(
                    "A limit of " + maxMessage + " bytes a message is too small: 1024 at least");
        }
        if (livenessInterval.isNegative() || writeTimeout.isNegative()) {
            throw new IllegalArgumentException("A time limit can not be negative; zero means none");
        }
        if (livenessLimit.isNegative() || livenessLimit.isZero()) {
            throw new IllegalArgumentException(
                    "A server needs some time to answer a Ping: livenessLimit is above zero");
        }
    }

    /** 64 MiB a message; a Ping after 30 s of silence, given up 30 s later; 30 s for a write; no compression. */
    public static WebSocketSettings of(SocketSettings socket, String path) {
        return new WebSocketSettings(
                socket,
                path,
                Map.of(),
                64 * 1024 * 1024,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                false,
                "Check the port, and whether the server is old and serves another path.");
    }

    public WebSocketSettings withSocket(SocketSettings changed) {
        return new WebSocketSettings(
                changed, path, headers, maxMessage, livenessInterval, livenessLimit, writeTimeout, deflate, missing);
    }

    public WebSocketSettings withPath(String changed) {
        return new WebSocketSettings(
                socket, changed, headers, maxMessage, livenessInterval, livenessLimit, writeTimeout, deflate, missing);
    }

    public WebSocketSettings withHeaders(Map<String, String> changed) {
        return new WebSocketSettings(
                socket, path, changed, maxMessage, livenessInterval, livenessLimit, writeTimeout, deflate, missing);
    }

    public WebSocketSettings withMaxMessage(int bytes) {
        return new WebSocketSettings(
                socket, path, headers, bytes, livenessInterval, livenessLimit, writeTimeout, deflate, missing);
    }

    /** Changes {@code livenessInterval} and {@code livenessLimit}. */
    public WebSocketSettings withLiveness(Duration interval, Duration limit) {
        return new WebSocketSettings(
                socket, path, headers, maxMessage, interval, limit, writeTimeout, deflate, missing);
    }

    public WebSocketSettings withWriteTimeout(Duration limit) {
        return new WebSocketSettings(
                socket, path, headers, maxMessage, livenessInterval, livenessLimit, limit, deflate, missing);
    }

    public WebSocketSettings withDeflate(boolean offered) {
        return new WebSocketSettings(
                socket, path, headers, maxMessage, livenessInterval, livenessLimit, writeTimeout, offered, missing);
    }

    public WebSocketSettings withMissing(String advice) {
        return new WebSocketSettings(
                socket, path, headers, maxMessage, livenessInterval, livenessLimit, writeTimeout, deflate, advice);
    }

    /** The path without what may be a secret. */
    String shownPath() {
        return shown(path);
    }

    private static String shown(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** Without query and headers. */
    @Override
    public String toString() {
        return "WebSocket " + shownPath() + " over " + socket.system();
    }
}
