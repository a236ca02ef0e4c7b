package io.weir.core.wire;

import io.netty.buffer.ByteBuf;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One question on a FIFO wire and the frames that answer it. It travels once. Every protected method that the wire calls
 * runs on the wire's event loop, so that plain fields are enough.
 *
 * <p>An exchange ends in one of four ways, and {@link #ended()} is called once in each of them: its last frame came, it
 * failed, it was cancelled before it was written (then nothing else is called), or it was cancelled or ran out of time
 * after it was written: then its answer is <em>drained</em>, frame by frame, so that the next answer goes to the next
 * exchange.
 */
public abstract class Exchange {

    private static final AtomicReferenceFieldUpdater<Exchange, @Nullable FifoWire> WIRE =
            AtomicReferenceFieldUpdater.newUpdater(Exchange.class, FifoWire.class, "wire");

    /** Of no burst. */
    static final long NONE = Long.MAX_VALUE;

    private final String operation;
    private final Duration limit;
    private volatile @Nullable FifoWire wire;
    private volatile boolean cancelled;

    // The rest belongs to the wire's event loop.
    long startedAt;
    /** Whether there is a moment, {@link #deadline}, at which the wire looks at this exchange again. */
    boolean hasDeadline;

    long deadline;
    /** Which burst of bytes carried the request; {@link #NONE}: none has. */
    long burst = NONE;

    /** Whether the wire has taken it in. */
    boolean accepted;
    /** Whether its answer is being drained, and {@link #deadline} is the end of that. */
    boolean drains;

    private boolean failed;
    private boolean over;
    private @Nullable ErrorKind failure;

    /**
     * @param operation what is asked, in a word or two, for error texts and metrics; never a secret
     * @param limit how long it may take from {@link FifoWire#submit} to the last frame; zero means no limit
     */
    protected Exchange(String operation, Duration limit) {
        this.operation = operation;
        this.limit = limit;
    }

    /**
     * Appends the request, frame header included. If it throws, only this exchange fails, and whatever it had appended is
     * taken back. An exchange that only listens appends nothing.
     */
    protected abstract void encode(ByteBuf out);

    /**
     * Takes one frame of the answer.
     *
     * <p>Also called while the answer is drained: it must then find out as before which frame is the last, and may
     * note ids that have to be freed on the server. Throwing means that the frame can not be understood: this exchange
     * fails with {@link ErrorKind#PROTOCOL} and the wire is closed.
     *
     * @param frame without the part that {@link FrameFormat#stripped()} names; valid during the call, or until released
     *     if retained. A small retained frame may hold on to the whole read of up to 64 KiB in which it came
     * @return whether it was the last one
     */
    protected abstract boolean frame(ByteBuf frame);

    /**
     * Ends it with an error instead of a last frame: lost wire, deadline, request that could not be encoded, frame that
     * could not be understood. At most once, and not once {@link #cancel()} was called.
     */
    protected abstract void fail(WeirException error);

    /** Whether it can take another frame. False while a whole frame waits makes the wire stop reading. */
    protected boolean ready() {
        return true;
    }

    /**
     * The subscriber has left after the request was written, and the last frame has not come yet: the moment to tell the
     * server to stop, if it can be told.
     */
    protected void cancelled() {}

    /** It is over and has left the wire. */
    protected void ended() {}

    /** Whether its bytes must not be logged, not even at TRACE: a login. */
    protected boolean confidential() {
        return false;
    }

    /** Demand has come: frames that wait are looked at again. From any thread. */
    protected final void resume() {
        FifoWire w = wire;
        if (w != null) {
            w.resume();
        }
    }

    /**
     * Nobody wants the answer any longer. From any thread, as often as one likes. A request that has not been written
     * never will be; the answer of one that has is drained.
     */
    public final void cancel() {
        if (cancelled) {
            return;
        }
        cancelled = true;
        FifoWire w = wire;
        if (w != null) {
            w.cancelled(this);
        }
    }

    /** Whether nobody listens any longer: it was cancelled or has failed. */
    protected final boolean draining() {
        return cancelled || failed;
    }

    /** The wire on which it travels; null before it is submitted. */
    protected final @Nullable FifoWire wire() {
        return wire;
    }

    /** For the metrics only: the server has answered with an error of this kind. */
    protected final void refused(ErrorKind kind) {
        failure = kind;
    }

    /** What is asked. */
    public final String operation() {
        return operation;
    }

    final Duration limit() {
        return limit;
    }

    final @Nullable ErrorKind failure() {
        return failure;
    }

    /** Called on the loop after a cancel, whatever the stage, so that what waits for a subscriber can be let go. */
    void release() {}

    final void travelOn(FifoWire newWire) {
        if (!WIRE.compareAndSet(this, null, newWire)) {
            throw new IllegalStateException(
                    "This exchange (" + operation + ") has been submitted before: make a new one");
        }
    }

    final boolean isCancelled() {
        return cancelled;
    }

    final boolean isOver() {
        return over;
    }

    final boolean takesMore() {
        return draining() || ready();
    }

    /** Hands the error over, unless nobody listens. */
    final void failOnce(WeirException error) {
        if (!draining()) {
            failed = true;
            failure = error.kind();
            fail(error);
        }
    }

    /** Marks the end. */
    final boolean endOnce() {
        if (over) {
            return false;
        }
        over = true;
        return true;
    }
}
