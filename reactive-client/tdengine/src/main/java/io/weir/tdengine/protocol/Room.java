package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The end of a message as a ByteBuffer, for parts whose length is known before: they are written without growing the
 * message step by step, and without Netty's checks at each of a thousand values.
 */
final class Room {

    private Room() {}

    /** So many bytes behind those that are there, little-endian. */
    static ByteBuffer in(ByteBuf out, long bytes) {
        int size = Math.toIntExact(bytes);
        out.ensureWritable(size);
        // A slice, so that its positions count from the part's beginning.
        return out.nioBuffer(out.writerIndex(), size).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Those up to its position have been written. */
    static void taken(ByteBuf out, ByteBuffer room) {
        out.writerIndex(out.writerIndex() + room.position());
    }
}
