package io.weir.server.tdengine.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing byte array that is written in the server's byte order. */
public final class LittleEndian {

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private byte[] bytes;
    private int end;

    /** @param expected how many bytes it will probably be: if it is just that, nothing is copied */
    public LittleEndian(int expected) {
        bytes = new byte[Math.max(16, expected)];
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    public int size() {
        return end;
    }

    public LittleEndian i8(int value) {
        int at = claim(1);
        bytes[at] = (byte) value;
        return this;
    }

    public LittleEndian i16(int value) {
        int at = claim(Short.BYTES);
        SHORT.set(bytes, at, (short) value);
        return this;
    }

    public LittleEndian i32(int value) {
        int at = claim(Integer.BYTES);
        INT.set(bytes, at, value);
        return this;
    }

    public LittleEndian i64(long value) {
        int at = claim(Long.BYTES);
        LONG.set(bytes, at, value);
        return this;
    }

    public LittleEndian raw(byte[] value) {
        return raw(value, 0, value.length);
    }

    public LittleEndian raw(byte[] value, int from, int count) {
        int at = claim(count);
        System.arraycopy(value, from, bytes, at, count);
        return this;
    }

    public LittleEndian zeros(int count) {
        int at = claim(count);
        Arrays.fill(bytes, at, at + count, (byte) 0);
        return this;
    }

    /** Seven bits per byte, the low group first. */
    public LittleEndian varint(int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            i8((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        return i8(rest);
    }

    public LittleEndian zigzag(int value) {
        return varint((value << 1) ^ (value >> 31));
    }

    /** Length with the zero byte that follows the text. */
    public LittleEndian zeroTerminated(byte[] text) {
        return varint(text.length + 1).raw(text).i8(0);
    }

    public LittleEndian patch32(int at, int value) {
        INT.set(bytes, at, value);
        return this;
    }

    public LittleEndian orBits(int at, int bits) {
        bytes[at] |= (byte) bits;
        return this;
    }

    /** All that was written; nothing more may be written then. */
    public byte[] toBytes() {
        return end == bytes.length ? bytes : Arrays.copyOf(bytes, end);
    }

    /** May replace the array: it must be looked at only afterwards. */
    private int claim(int count) {
        int at = end;
        if (count > bytes.length - at) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(at, count)));
        }
        end = at + count;
        return at;
    }
}
