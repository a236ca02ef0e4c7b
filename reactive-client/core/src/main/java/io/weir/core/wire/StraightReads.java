package io.weir.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the socket put what it reads where it belongs: behind what there is of a frame that is not complete. A long answer
 * is then copied out of the kernel and nowhere else. Only for sockets whose bytes are the frames, so not below TLS.
 */
public final class StraightReads implements RecvByteBufAllocator {

    /** Where long frames follow each other: enough to learn how long the next one is, and little to copy. */
    private static final int FIRST_BYTES = 2048;

    private final RecvByteBufAllocator usual;
    private final Frames frames;

    /** What is known of the frames that come. Asked on the event loop. */
    public interface Frames {

        /**
         * The incomplete frame, for the socket to read the rest of it straight into it; whoever takes it releases it, or
         * sends it up the pipeline as what was read. Null while there is none, and while its bytes are not the next to come.
         */
        @Nullable ByteBuf room();

        /** Whether the frame before was a long one that did not come whole, so that the next may well be another. */
        boolean isAmongLongOnes();
    }

    /**
     * Has to be set before the channel reads for the first time.
     *
     * @param usual makes room for all other reads
     */
    public StraightReads(RecvByteBufAllocator usual, Frames frames) {
        this.usual = usual;
        this.frames = frames;
    }

    @Override
    @SuppressWarnings("deprecation") // a handle is of this type for as long as Netty asks for it
    public Handle newHandle() {
        return new Reads((ExtendedHandle) usual.newHandle());
    }

    /** Native transports insist on a handle of the extended kind. */
    @SuppressWarnings("deprecation") // as above
    private final class Reads extends DelegatingHandle implements ExtendedHandle {

        private final ExtendedHandle guesses;

        Reads(ExtendedHandle guesses) {
            super(guesses);
            this.guesses = guesses;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            ByteBuf room = frames.room();
            if (room != null) {
                return room;
            }
            return frames.isAmongLongOnes() ? allocator.ioBuffer(FIRST_BYTES) : guesses.allocate(allocator);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return guesses.continueReading(maybeMore);
        }
    }
}
