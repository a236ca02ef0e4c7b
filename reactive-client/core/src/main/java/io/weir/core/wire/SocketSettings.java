package io.weir.core.wire;

import io.weir.core.ClientEvents;
import io.weir.core.TlsSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * What a system tells about its sockets, whatever travels on them. Immutable; every {@code with…} returns a changed copy.
 *
 * @param system the system's short name, such as {@code iotdb}: part of ids and errors
 * @param connectTimeout one limit for name resolution, TCP, TLS and login together; zero means none
 * @param receiveBuffer the kernel's receive buffer of a socket, in bytes; Linux doubles it for its own bookkeeping
 * @param keepAlive silence after which TCP asks whether the other side is still there; zero means never. The time reaches
 *     the kernel where the JDK can set it; native transports use the kernel's own
 * @param tls null means plain TCP
 * @param loops null means those that all clients of this process share, see {@link SharedLoops}. Whoever brings his own
 *     and disposes of them leaves them a quiet period: without one Netty can end a loop with its sockets still open, and
 *     nobody hears
 * @param events who listens; what a listener throws is held off
 * @param nanoTime the clock of limits and of the times in error texts
 */
public record SocketSettings(
        String system,
        Duration connectTimeout,
        int receiveBuffer,
        Duration keepAlive,
        @Nullable TlsSettings tls,
        @Nullable LoopResources loops,
        ClientEvents events,
        LongSupplier nanoTime) {

    public SocketSettings {
        Objects.requireNonNull(system, "system");
        events = ClientEvents.all(events);
        if (connectTimeout.isNegative() || keepAlive.isNegative()) {
            throw new IllegalArgumentException("A time limit can not be negative; zero means none");
        }
        if (receiveBuffer < 1024) {
            throw new IllegalArgumentException(
                    "A receive buffer of " + receiveBuffer + " bytes is too small: 1024 at least");
        }
    }

    /** Plain TCP; 10 s to connect, 256 KiB of receive buffer, probes after 60 s. */
    public static SocketSettings of(String system) {
        return new SocketSettings(
                system,
                Duration.ofSeconds(10),
                256 * 1024,
                Duration.ofSeconds(60),
                null,
                null,
                ClientEvents.NONE,
                System::nanoTime);
    }

    public SocketSettings withConnectTimeout(Duration limit) {
        return new SocketSettings(system, limit, receiveBuffer, keepAlive, tls, loops, events, nanoTime);
    }

    public SocketSettings withReceiveBuffer(int bytes) {
        return new SocketSettings(system, connectTimeout, bytes, keepAlive, tls, loops, events, nanoTime);
    }

    public SocketSettings withKeepAlive(Duration silence) {
        return new SocketSettings(system, connectTimeout, receiveBuffer, silence, tls, loops, events, nanoTime);
    }

    public SocketSettings withTls(@Nullable TlsSettings settings) {
        return new SocketSettings(system, connectTimeout, receiveBuffer, keepAlive, settings, loops, events, nanoTime);
    }

    public SocketSettings withLoops(@Nullable LoopResources resources) {
        return new SocketSettings(system, connectTimeout, receiveBuffer, keepAlive, tls, resources, events, nanoTime);
    }

    public SocketSettings withEvents(ClientEvents listener) {
        return new SocketSettings(system, connectTimeout, receiveBuffer, keepAlive, tls, loops, listener, nanoTime);
    }

    /** For tests. */
    public SocketSettings withNanoTime(LongSupplier clock) {
        return new SocketSettings(system, connectTimeout, receiveBuffer, keepAlive, tls, loops, events, clock);
    }
}
