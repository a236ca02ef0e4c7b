package io.weir.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Lets the socket put what it reads where it belongs: behind what there is of a frame that is not complete. A long answer
 * is then copied out of the kernel and nowhere else. Only for sockets whose bytes are the frames, so not below TLS.
 */
final class StraightReads implements RecvByteBufAllocator {

    /** Where long frames follow each other: enough to learn how long the next one is, and little to copy. */
    private static final int FIRST_BYTES = 2048;

    private final RecvByteBufAllocator usual;
    private final FrameReader frames;

    StraightReads(RecvByteBufAllocator usual, FrameReader frames) {
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
