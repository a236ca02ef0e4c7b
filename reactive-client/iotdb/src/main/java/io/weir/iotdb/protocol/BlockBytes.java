package io.weir.iotdb.protocol;

import io.weir.core.WeirException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bytes of one block and a place in them that only moves forward, checked at every step. What was passed may be read
 * again without a check: other blocks may lie in the same array.
 */
final class BlockBytes {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    final byte[] bytes;
    private final int start;
    private final int end;
    private int position;

    /** The bytes of an array from one place to before another. */
    BlockBytes(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.position = start;
    }

    static int intAt(byte[] bytes, int index) {
        return (int) INT.get(bytes, index);
    }

    static long longAt(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index);
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    int nextByte() {
        return bytes[pass(1)];
    }

    int nextInt() {
        return intAt(bytes, pass(Integer.BYTES));
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
                "The server sent a block of rows that can not be read at byte " + (position - start) + ": " + what);
    }
}
