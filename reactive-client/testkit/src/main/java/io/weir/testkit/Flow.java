package io.weir.testkit;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a {@link Link}: what may pass, and what has passed. Everything can be switched while bytes flow, and
 * every setter returns this. Positions count the bytes of this direction from the beginning of the link.
 */
public final class Flow {

    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final String name;
    private final Consumer<Cut> cutter;
    private final List<byte[]> chunks = new ArrayList<>();

    // What the pump may write, and what it has written: a receiver can answer before the second is counted.
    private long granted;
    private long bytes;
    private long holdAt = NO_LIMIT;
    private long cutAt = NO_LIMIT;
    private Cut cut = Cut.FIN;
    private @Nullable FrameMeter meter;
    private Duration delay = Duration.ZERO;
    private int bytesPerSecond;
    private boolean split;
    private boolean recording;
    private boolean ended;

    Flow(String name, Consumer<Cut> cutter) {
        this.name = name;
        this.cutter = cutter;
    }

    /**
     * How many bytes have passed: the socket towards the receiver has taken them. A receiver may have read a chunk a moment
     * before it is counted here.
     */
    public synchronized long bytes() {
        return bytes;
    }

    /** Nothing more passes, and nothing more is read from the sender, while the connection stands. */
    public synchronized Flow hold() {
        return holdAt(granted);
    }

    /** Everything up to this position passes, then the flow holds. */
    public synchronized Flow holdAt(long position) {
        meter = null;
        holdAt = position;
        notifyAll();
        return this;
    }

    /** From here on exactly so many frames pass, then the flow holds. What has not passed yet begins with a frame. */
    public synchronized Flow holdAfterFrames(FrameCutter cutter, int frames) {
        holdAt(frames == 0 ? granted : NO_LIMIT);
        meter = frames == 0 ? null : new FrameMeter(cutter, frames, granted);
        return this;
    }

    /** Takes back whatever holds, delays, throttles and splits. */
    public synchronized Flow pass() {
        delay = Duration.ZERO;
        bytesPerSecond = 0;
        split = false;
        return holdAt(NO_LIMIT);
    }

    /** Cuts the whole link once so many bytes have passed here; at once if they have. */
    public Flow cutAt(long position, Cut how) {
        synchronized (this) {
            cutAt = position;
            cut = how;
            notifyAll();
            if (bytes < position) {
                return this;
            }
        }
        cutter.accept(how);
        return this;
    }

    /** Every chunk waits that long before it passes, and what comes meanwhile waits behind it. Zero: none. */
    public synchronized Flow delay(Duration perChunk) {
        delay = perChunk;
        return this;
    }

    /** About so many bytes pass in a second. 0: as many as can. */
    public synchronized Flow throttle(int perSecond) {
        bytesPerSecond = perSecond;
        return this;
    }

    /** Every byte travels by itself. A slow receiver may still find several of them at once. */
    public synchronized Flow splitEveryByte(boolean on) {
        split = on;
        return this;
    }

    /** Keeps what passes from now on. */
    public synchronized Flow record() {
        recording = true;
        chunks.clear();
        return this;
    }

    /** What has passed since {@link #record()}, in the chunks in which it passed. */
    public synchronized List<byte[]> chunks() {
        return List.copyOf(chunks);
    }

    /** What has passed since {@link #record()}. */
    public synchronized byte[] recorded() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        chunks.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Waits until the flow has reached this position; fails when it takes more than some seconds. */
    public synchronized Flow awaitBytes(long position) {
        if (!await(() -> bytes >= position, Patience.limit())) {
            throw new AssertionError(name + ": " + bytes + " bytes passed in "
                    + Patience.limit().toSeconds() + " s, not " + position + ".");
        }
        return this;
    }

    /** Waits until the frames of {@link #holdAfterFrames} have passed; fails when it takes more than some seconds. */
    public synchronized Flow awaitHeld() {
        if (!await(() -> bytes >= holdAt, Patience.limit())) {
            throw new AssertionError(name + ": the flow did not come to where it holds in "
                    + Patience.limit().toSeconds() + " s; " + bytes + " bytes have passed.");
        }
        return this;
    }

    /** Waits until no byte has passed for so long, and says how many have passed altogether. */
    public synchronized long awaitQuiet(Duration quiet) {
        long seen;
        do {
            seen = bytes;
            long before = seen;
            await(() -> bytes != before, quiet);
        } while (bytes != seen);
        return bytes;
    }

    @Override
    public synchronized String toString() {
        return name + ", " + bytes + " bytes";
    }

    /** For the pump: waits while the flow holds. False when the link has ended. */
    synchronized boolean awaitOpen() {
        await(() -> ended || granted < holdAt, null);
        return !ended;
    }

    /** For the pump: it has a new chunk. Waits the delay of a chunk. */
    synchronized void arrived() {
        if (!delay.isZero()) {
            await(() -> ended, delay);
        }
    }

    /** For the pump: how many of these bytes, the next ones, may pass now. Waits while none may; 0 when the link has ended. */
    synchronized int permit(byte[] buffer, int from, int count) {
        await(() -> ended || granted < limit(buffer, from, count), null);
        if (ended) {
            return 0;
        }
        long most = Math.min(count, limit(buffer, from, count) - granted);
        if (bytesPerSecond > 0) {
            most = Math.min(most, Math.max(1, bytesPerSecond / 50));
        }
        int now = split ? 1 : (int) most;
        granted += now;
        return now;
    }

    /** For the pump: these bytes have passed. */
    void passed(byte[] buffer, int from, int count) {
        synchronized (this) {
            bytes += count;
            if (recording) {
                chunks.add(Arrays.copyOfRange(buffer, from, from + count));
            }
            notifyAll();
            if (bytesPerSecond > 0) {
                await(() -> ended, Duration.ofNanos(TimeUnit.SECONDS.toNanos(count) / bytesPerSecond));
            }
            if (bytes < cutAt) {
                return;
            }
        }
        cutter.accept(cut);
    }

    synchronized boolean isSplit() {
        return split;
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    private long limit(byte[] next, int from, int count) {
        if (meter != null) {
            meter.see(granted, next, from, count);
            if (meter.isKnown()) {
                holdAt = meter.end();
                meter = null;
            }
        }
        return Math.min(holdAt, cutAt);
    }

    // Only under this object's monitor. A null time is no limit.
    private boolean await(BooleanSupplier condition, @Nullable Duration atMost) {
        long end = System.nanoTime() + (atMost == null ? 0 : atMost.toNanos());
        try {
            while (!condition.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (atMost == null) {
                    wait();
                } else if (left <= 0) {
                    return false;
                } else {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + ": interrupted while waiting", e);
        }
    }
}
