package io.weir.core.wire;

import io.weir.core.ClientEvents;
import io.weir.core.TlsSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * What a system tells about its wires. Immutable; every {@code with…} returns a changed copy.
 *
 * @param system the system's short name, such as {@code iotdb}: part of ids and errors
 * @param format how frames are told apart
 * @param maxFrame the longest frame that is accepted, header included, in bytes
 * @param connectTimeout one limit for name resolution, TCP, TLS and login together; zero means none
 * @param receiveBuffer the kernel's receive buffer of a socket, in bytes; Linux doubles it for its own bookkeeping.
 *     What a wire holds while nobody asks is bounded by it, plus one read (64 KiB) and one frame
 * @param keepAlive silence after which TCP asks whether the other side is still there; zero means never. The time reaches
 *     the kernel where the JDK can set it; native transports use the kernel's own
 * @param drainLimit how long the answer of a cancelled or timed out request may keep others waiting before the wire is
 *     given up; zero means for ever
 * @param tls null means plain TCP
 * @param loops null means those that all clients of this process share, see {@link SharedLoops}. Whoever brings his own
 *     and disposes of them leaves them a quiet period: without one Netty can end a loop with its sockets still open, and
 *     nobody hears
 * @param events who listens; what a listener throws is held off
 * @param nanoTime the clock of limits and of the times in error texts
 */
public record WireSettings(
        String system,
        FrameFormat format,
        int maxFrame,
        Duration connectTimeout,
        int receiveBuffer,
        Duration keepAlive,
        Duration drainLimit,
        @Nullable TlsSettings tls,
        @Nullable LoopResources loops,
        ClientEvents events,
        LongSupplier nanoTime) {

    public WireSettings {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(format, "format");
        events = ClientEvents.all(events);
        events = ClientEvents.all(events);
        if (maxFrame <= format.headerBytes()) {
            throw new IllegalArgumentException("A frame limit of " + maxFrame + " bytes leaves no room for a frame");
        }
        if (connectTimeout.isNegative() || keepAlive.isNegative() || drainLimit.isNegative()) {
            throw new IllegalArgumentException("A time limit can not be negative; zero means none");
        }
        if (receiveBuffer < 1024) {
            throw new IllegalArgumentException(
                    "A receive buffer of " + receiveBuffer + " bytes is too small: 1024 at least");
        }
    }

    /** Plain TCP; 64 MiB a frame, 10 s to connect, 256 KiB of receive buffer, probes after 60 s, 10 s to drain. */
    public static WireSettings of(String system, FrameFormat format) {
        return new WireSettings(
                system,
                format,
                64 * 1024 * 1024,
                Duration.ofSeconds(10),
                256 * 1024,
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                null,
                null,
                ClientEvents.NONE,
                System::nanoTime);
    }

    public WireSettings withMaxFrame(int bytes) {
        return new WireSettings(
                system,
                format,
                bytes,
                connectTimeout,
                receiveBuffer,
                keepAlive,
                drainLimit,
                tls,
                loops,
                events,
                nanoTime);
    }

    public WireSettings withConnectTimeout(Duration limit) {
        return new WireSettings(
                system, format, maxFrame, limit, receiveBuffer, keepAlive, drainLimit, tls, loops, events, nanoTime);
    }

    public WireSettings withReceiveBuffer(int bytes) {
        return new WireSettings(
                system, format, maxFrame, connectTimeout, bytes, keepAlive, drainLimit, tls, loops, events, nanoTime);
    }

    public WireSettings withKeepAlive(Duration silence) {
        return new WireSettings(
                system,
                format,
                maxFrame,
                connectTimeout,
                receiveBuffer,
                silence,
                drainLimit,
                tls,
                loops,
                events,
                nanoTime);
    }

    public WireSettings withDrainLimit(Duration limit) {
        return new WireSettings(
                system,
                format,
                maxFrame,
                connectTimeout,
                receiveBuffer,
                keepAlive,
                limit,
                tls,
                loops,
                events,
                nanoTime);
    }

    public WireSettings withTls(@Nullable TlsSettings settings) {
        return new WireSettings(
                system,
                format,
                maxFrame,
                connectTimeout,
                receiveBuffer,
                keepAlive,
                drainLimit,
                settings,
                loops,
                events,
                nanoTime);
    }

    public WireSettings withLoops(@Nullable LoopResources resources) {
        return new WireSettings(
                system,
                format,
                maxFrame,
                connectTimeout,
                receiveBuffer,
                keepAlive,
                drainLimit,
                tls,
                resources,
                events,
                nanoTime);
    }

    public WireSettings withEvents(ClientEvents listener) {
        return new WireSettings(
                system,
                format,
                maxFrame,
                connectTimeout,
                receiveBuffer,
                keepAlive,
                drainLimit,
                tls,
                loops,
                listener,
                nanoTime);
    }

    /** For tests. */
    public WireSettings withNanoTime(LongSupplier clock) {
        return new WireSettings(
                system,
                format,
                maxFrame,
                connectTimeout,
                receiveBuffer,
                keepAlive,
                drainLimit,
                tls,
                loops,
                events,
                clock);
    }
}
