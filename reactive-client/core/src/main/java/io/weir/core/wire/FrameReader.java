package io.weir.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what was read into frames. A frame that came whole is a slice of the read. One that did not gets a buffer of its
 * own once its length is known; what follows of it is copied there, or read there straight from the socket.
 */
final class FrameReader implements StraightReads.Frames {

    /** From here on it is worth while to save a copy by one more call of the system. */
    private static final int LONG_FRAME = 32 * 1024;

    private final FrameFormat format;
    private final int maxFrame;
    private final ByteBufAllocator allocator;
    private final ArrayDeque<ByteBuf> reads = new ArrayDeque<>(2);

    /** An incomplete frame, or its incomplete header; its capacity is what is still known to be needed. */
    private @Nullable ByteBuf partial;

    private @Nullable ByteBuf whole;
    private boolean amongLongOnes;

    FrameReader(FrameFormat format, int maxFrame, ByteBufAllocator allocator) {
        this.format = format;
        this.maxFrame = maxFrame;
        this.allocator = allocator;
    }

    /** Takes over what was read. */
    @SuppressWarnings("ReferenceEquality") // the very buffer that was lent, not another one with the same bytes
    void add(ByteBuf read) {
        if (read != partial) {
            reads.add(read);
            return;
        }
        read.release();
        if (!read.isWritable()) {
            whole = read;
        }
    }

    @Override
    public @Nullable ByteBuf room() {
        ByteBuf own = partial;
        if (own == null || whole != null || !reads.isEmpty() || own.capacity() <= format.headerBytes()) {
            return null;
        }
        return own.retain();
    }

    @Override
    public boolean isAmongLongOnes() {
        return amongLongOnes;
    }

    /**
     * Whether a whole frame is there.
     *
     * @throws BadFrame if its length is not acceptable
     */
    boolean available() throws BadFrame {
        while (whole == null) {
            ByteBuf read = reads.peek();
            if (read == null) {
                return false;
            }
            if (partial == null) {
                cut(read);
            } else {
                complete(read, partial);
            }
            if (!read.isReadable() && !wholeIsSlice()) {
                reads.remove().release();
            }
        }
        return true;
    }

    /** The frame, header included. It stays with the reader. */
    ByteBuf frame() {
        return Objects.requireNonNull(whole, "no frame is there");
    }

    /** The frame without what the exchange does not get to see. */
    ByteBuf body() {
        ByteBuf frame = frame();
        return frame.slice(format.stripped(), frame.readableBytes() - format.stripped());
    }

    /** Lets go of the frame. */
    void next() {
        whole = null;
        ByteBuf own = partial;
        amongLongOnes = own != null && own.capacity() >= LONG_FRAME;
        if (own != null) {
            partial = null;
            own.release();
            return;
        }
        ByteBuf read = reads.peek();
        if (read != null && !read.isReadable()) {
            reads.remove().release();
        }
    }

    /** Lets go of everything. */
    void release() {
        whole = null;
        ByteBuf own = partial;
        if (own != null) {
            partial = null;
            own.release();
        }
        for (ByteBuf read = reads.poll(); read != null; read = reads.poll()) {
            read.release();
        }
    }

    /** Whether the frame lies in the first of the reads, which then has to stay. */
    private boolean wholeIsSlice() {
        return whole != null && partial == null;
    }

    private void cut(ByteBuf read) throws BadFrame {
        int there = read.readableBytes();
        if (there < format.headerBytes()) {
            if (there > 0) {
                partial = allocator
                        .buffer(format.headerBytes(), format.headerBytes())
                        .writeBytes(read);
            }
            return;
        }
        int length = length(read, read.readerIndex());
        if (there >= length) {
            whole = read.readSlice(length);
        } else {
            partial = allocator.ioBuffer(length, length).writeBytes(read);
        }
    }

    private void complete(ByteBuf read, ByteBuf started) throws BadFrame {
        started.writeBytes(read, Math.min(read.readableBytes(), started.writableBytes()));
        if (started.isWritable()) {
            return;
        }
        int length = length(started, 0);
        if (length == started.writerIndex()) {
            whole = started;
            return;
        }
        partial = allocator.ioBuffer(length, length).writeBytes(started);
        started.release();
    }

    private int length(ByteBuf in, int index) throws BadFrame {
        long length = format.length(in, index);
        if (length > maxFrame || length < format.headerBytes()) {
            byte[] header = new byte[format.headerBytes()];
            in.getBytes(index, header);
            throw new BadFrame(length, maxFrame, header);
        }
        return (int) length;
    }
}
