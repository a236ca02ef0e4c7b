package io.weir.core.wire;

import io.netty.buffer.ByteBuf;

/** Tells from the first bytes of a frame how long it is. */
public interface FrameFormat {

    /** Four bytes, big-endian, that count the bytes behind them; the exchange gets those bytes without the four. */
    FrameFormat INT32_LENGTH = new FrameFormat() {
        @Override
        public int headerBytes() {
            return Integer.BYTES;
        }

        @Override
        public long length(ByteBuf in, int index) {
            return Integer.BYTES + in.getUnsignedInt(index);
        }

        @Override
        public int stripped() {
            return Integer.BYTES;
        }
    };

    /** How many bytes it takes to know the length. */
    int headerBytes();

    /**
     * The length of the whole frame, header included.
     *
     * @param in holds at least {@link #headerBytes()} from {@code index} on; only to be looked at
     */
    long length(ByteBuf in, int index);

    /** How many of the first bytes the exchange does not get to see. */
    int stripped();
}
