package io.weir.iotdb.protocol;

import io.weir.core.WeirException;
import java.nio.ByteBuffer;

/** The bytes of one block and a place in them that only moves forward, checked at every step. */
final class BlockBytes {

    final ByteBuffer bytes;
    private int position;

    /** @param bytes from zero to its limit, big-endian */
    BlockBytes(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int position() {
        return position;
    }

    int remaining() {
        return bytes.limit() - position;
    }

    int nextByte() {
        return bytes.get(pass(1));
    }

    int nextInt() {
        return bytes.getInt(pass(Integer.BYTES));
    }

    /** Goes on by so many bytes, and tells where they began. */
    int pass(long count) {
        if (count < 0) {
            throw malformed("a length of " + count);
        }
        if (count > remaining()) {
            throw malformed("it ends where " + count + " more bytes are expected (" + remaining() + " left)");
        }
        int start = position;
        position += (int) count;
        return start;
    }

    WeirException malformed(String what) {
        return Malformed.error(
                "The server sent a block of rows that can not be read at byte " + position + ": " + what);
    }
}
