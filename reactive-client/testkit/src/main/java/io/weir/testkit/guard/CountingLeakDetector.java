package io.weir.testkit.guard;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import org.jspecify.annotations.Nullable;

/**
 * Counts every live buffer exactly, in {@link LiveBuffers}. Netty's own detector samples, and learns of a leak only when the
 * garbage collector has run.
 *
 * <p>Netty makes it when these are set: {@code -Dio.netty.customResourceLeakDetector=io.weir.testkit.guard.CountingLeakDetector
 * -Dio.netty.leakDetection.level=paranoid}.
 *
 * <p>Seen are all buffers of the pooled and the adaptive allocator (heap and direct), direct buffers of the unpooled one,
 * composite buffers made by any allocator, and retained slices of all these. Not seen, because Netty never shows them to a
 * detector: heap buffers of the unpooled allocator ({@code Unpooled.buffer()}, {@code wrappedBuffer}, {@code copiedBuffer}:
 * plain memory of the collector) and {@code Unpooled.compositeBuffer()}. Input that shall be counted comes from
 * {@link TrackedBuffers}.
 */
public final class CountingLeakDetector<T> extends ResourceLeakDetector<T> {

    private final boolean buffers;

    public CountingLeakDetector(Class<?> resource, int samplingInterval) {
        super(resource, samplingInterval);
        this.buffers = ByteBuf.class.isAssignableFrom(resource);
    }

    /** Never called, but Netty logs an error where it is missing. */
    public CountingLeakDetector(Class<?> resource, int samplingInterval, long maxActive) {
        this(resource, samplingInterval);
    }

    @Override
    public @Nullable ResourceLeakTracker<T> track(T resource) {
        return buffers ? new Tracker<>(LiveBuffers.opened()) : super.track(resource);
    }

    @Override
    public @Nullable ResourceLeakTracker<T> trackForcibly(T resource) {
        return buffers ? new Tracker<>(LiveBuffers.opened()) : super.trackForcibly(resource);
    }

    /** Where a buffer was made is enough to find a leak; noting every access would make tests ten times slower. */
    @Override
    public boolean isRecordEnabled() {
        return !buffers && super.isRecordEnabled();
    }

    private record Tracker<T>(LiveBuffers.Live live) implements ResourceLeakTracker<T> {

        @Override
        public void record() {}

        @Override
        public void record(Object hint) {}

        @Override
        public boolean close(T resource) {
            return LiveBuffers.closed(live);
        }
    }
}
