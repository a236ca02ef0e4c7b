package io.weir.core.wire;

import io.weir.core.ClientEvents;
import io.weir.core.TlsSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * What a system tells about its FIFO wires. Immutable; every {@code with…} returns a changed copy.
 *
 * @param socket what is below; what a wire holds while nobody asks is bounded by its receive buffer, plus one read
 *     (64 KiB) and one frame
 * @param format how frames are told apart
 * @param maxFrame the longest frame that is accepted, header included, in bytes
 * @param drainLimit how long the answer of a cancelled or timed out request may keep others waiting before the wire is
 *     given up; zero means for ever
 */
public record WireSettings(SocketSettings socket, FrameFormat format, int maxFrame, Duration drainLimit) {

    public WireSettings {
        Objects.requireNonNull(format, "format");
        if (maxFrame <= format.headerBytes()) {
            throw new IllegalArgumentException("A frame limit of " + maxFrame + " bytes leaves no room for a frame");
        }
        if (drainLimit.isNegative()) {
            throw new IllegalArgumentException("A time limit can not be negative; zero means none");
        }
    }

    /** A socket as {@link SocketSettings#of}; 64 MiB a frame, 10 s to drain. */
    public static WireSettings of(String system, FrameFormat format) {
        return new WireSettings(SocketSettings.of(system), format, 64 * 1024 * 1024, Duration.ofSeconds(10));
    }

    public WireSettings withMaxFrame(int bytes) {
        return new WireSettings(socket, format, bytes, drainLimit);
    }

    public WireSettings withDrainLimit(Duration limit) {
        return new WireSettings(socket, format, maxFrame, limit);
    }

    public WireSettings withConnectTimeout(Duration limit) {
        return with(socket.withConnectTimeout(limit));
    }

    public WireSettings withReceiveBuffer(int bytes) {
        return with(socket.withReceiveBuffer(bytes));
    }

    public WireSettings withKeepAlive(Duration silence) {
        return with(socket.withKeepAlive(silence));
    }

    public WireSettings withTls(@Nullable TlsSettings settings) {
        return with(socket.withTls(settings));
    }

    public WireSettings withLoops(@Nullable LoopResources resources) {
        return with(socket.withLoops(resources));
    }

    public WireSettings withEvents(ClientEvents listener) {
        return with(socket.withEvents(listener));
    }

    /** For tests. */
    public WireSettings withNanoTime(LongSupplier clock) {
        return with(socket.withNanoTime(clock));
    }

    private WireSettings with(SocketSettings changed) {
        return new WireSettings(changed, format, maxFrame, drainLimit);
    }
}
