package io.weir.tdengine.protocol;

import io.weir.core.WeirException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads over the bytes of a block, little-endian, and says where it is when something is wrong. */
final class BlockBytes {

    final ByteBuffer bytes;
    private int position;

    BlockBytes(ByteBuffer block) {
        this.bytes = block.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    int position() {
        return position;
    }

    int size() {
        return bytes.capacity();
    }

    int nextByte() {
        return bytes.get(pass(1)) & 0xff;
    }

    int nextInt() {
        return bytes.getInt(pass(Integer.BYTES));
    }

    /** Steps over bytes, which have to be there, and returns where they begin. */
    int pass(long count) {
        if (count < 0 || count > bytes.capacity() - position) {
            throw malformed("the next " + count + " bytes are not there");
        }
        int start = position;
        position += (int) count;
        return start;
    }

    WeirException malformed(String what) {
        return Malformed.error(
                "A block of " + bytes.capacity() + " bytes is malformed at byte " + position + ": " + what);
    }
}
