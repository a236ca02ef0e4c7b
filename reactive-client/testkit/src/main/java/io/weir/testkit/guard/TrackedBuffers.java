package io.weir.testkit.guard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.testkit.Hex;

/** Buffers with given bytes that the guard counts, unlike those of {@code Unpooled.wrappedBuffer}. */
public final class TrackedBuffers {

    private TrackedBuffers() {}

    /** A direct buffer with these bytes. */
    public static ByteBuf of(byte... bytes) {
        return ByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
    }

    /** A direct buffer with the bytes of {@link Hex#bytes}. */
    public static ByteBuf ofHex(String hex) {
        return of(Hex.bytes(hex));
    }
}
