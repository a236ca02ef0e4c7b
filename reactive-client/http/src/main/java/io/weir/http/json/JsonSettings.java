package io.weir.http.json;

import io.weir.core.wire.SocketSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a system tells about its HTTP calls. Immutable; every {@code with…} returns a changed copy.
 *
 * @param socket what is below; its {@code connectTimeout} is that of TCP and TLS
 * @param maxConnections to one endpoint at a time
 * @param maxPending how many calls wait for a connection at most; the next one fails with OVERLOAD
 * @param acquireTimeout how long a call waits for a connection
 * @param idleTimeout how long an unused connection is kept
 * @param readTimeout how long the server may be silent while an answer, or more of it, is waited for; zero means for ever.
 *     It does not run while the reader holds back
 * @param gzip whether to take compressed answers
 * @param authorization the value of the header of this name, asked for with every call; null sends none. Never logged
 */
public record JsonSettings(
        SocketSettings socket,
        int maxConnections,
        int maxPending,
        Duration acquireTimeout,
        Duration idleTimeout,
        Duration readTimeout,
        boolean gzip,
        @Nullable Supplier<String> authorization) {

    public JsonSettings {
        Objects.requireNonNull(socket, "socket");
        if (maxConnections < 1 || maxPending < 1) {
            throw new IllegalArgumentException("One connection and one waiting call is the least that makes sense");
        }
        if (acquireTimeout.isNegative() || idleTimeout.isNegative() || readTimeout.isNegative()) {
            throw new IllegalArgumentException("A time limit can not be negative");
        }
    }

    /** 16 connections, 256 calls that wait for one up to 10 s, 30 s idle, 60 s of silence, gzip. */
    public static JsonSettings of(SocketSettings socket) {
        return new JsonSettings(
                socket, 16, 256, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60), true, null);
    }

    /** Changes {@code maxConnections}, {@code maxPending} and {@code acquireTimeout}. */
    public JsonSettings withPool(int connections, int pending, Duration acquire) {
        return new JsonSettings(socket, connections, pending, acquire, idleTimeout, readTimeout, gzip, authorization);
    }

    public JsonSettings withReadTimeout(Duration limit) {
        return new JsonSettings(
                socket, maxConnections, maxPending, acquireTimeout, idleTimeout, limit, gzip, authorization);
    }

    public JsonSettings withGzip(boolean accepted) {
        return new JsonSettings(
                socket, maxConnections, maxPending, acquireTimeout, idleTimeout, readTimeout, accepted, authorization);
    }

    public JsonSettings withAuthorization(@Nullable Supplier<String> value) {
        return new JsonSettings(
                socket, maxConnections, maxPending, acquireTimeout, idleTimeout, readTimeout, gzip, value);
    }

    /** Without what may be a secret. */
    @Override
    public String toString() {
        return "JSON calls of " + socket.system() + ", " + maxConnections + " connections";
    }
}
