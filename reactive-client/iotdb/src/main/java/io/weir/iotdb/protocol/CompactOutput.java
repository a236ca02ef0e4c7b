package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** TCompactProtocol, writing: numbers as short as they are, and the ids of fields as steps from the one before. */
final class CompactOutput extends ThriftOutput {

    static final int PROTOCOL_ID = 0x82;
    static final int VERSION = 1;
    static final int KIND_SHIFT = 5;
    /** The type of a field that is true; of elements: booleans, a byte each. */
    static final int TRUE = 1;
    /** The type of a field that is false; some writers mean booleans by it where elements are concerned. */
    static final int FALSE = 2;

    /** Sizes and steps from here on do not fit into four bits. */
    static final int LONG_FORM = 15;

    private static final int STOP = 0;
    /** Requests nest two deep: the arguments, and the struct among them. */
    private static final int MOST_LEVELS = 8;

    private final int[] lastIds = new int[MOST_LEVELS];
    private int level;

    CompactOutput(ByteBuf out) {
        super(out);
    }

    @Override
    public void beginCall(String method, int sequence) {
        out.writeByte(PROTOCOL_ID);
        out.writeByte(VERSION | MessageHead.CALL << KIND_SHIFT);
        varint(Integer.toUnsignedLong(sequence));
        text(method);
    }

    @Override
    public void endCall() {
        out.writeByte(STOP);
    }

    @Override
    public void beginStruct(int id) {
        field(ThriftType.STRUCT, id);
        lastIds[++level] = 0;
    }

    @Override
    public void endStruct() {
        level--;
        out.writeByte(STOP);
    }

    @Override
    public void bool(int id, boolean value) {
        head(value ? TRUE : FALSE, id);
    }

    @Override
    void field(ThriftType type, int id) {
        head(type.compact, id);
    }

    private void head(int code, int id) {
        int step = id - lastIds[level];
        if (step > 0 && step <= LONG_FORM) {
            out.writeByte(step << 4 | code);
        } else {
            out.writeByte(code);
            i32(id);
        }
        lastIds[level] = id;
    }

    @Override
    void list(ThriftType element, int size) {
        if (size < LONG_FORM) {
            out.writeByte(size << 4 | element.compact);
        } else {
            out.writeByte(LONG_FORM << 4 | element.compact);
            varint(size);
        }
    }

    @Override
    void map(ThriftType key, ThriftType value, int size) {
        varint(size);
        if (size > 0) {
            out.writeByte(key.compact << 4 | value.compact);
        }
    }

    @Override
    void i32(int value) {
        varint(Integer.toUnsignedLong(value << 1 ^ value >> 31));
    }

    @Override
    void i64(long value) {
        varint(value << 1 ^ value >> 63);
    }

    @Override
    void text(String value) {
        varint(ByteBufUtil.utf8Bytes(value));
        ByteBufUtil.writeUtf8(out, value);
    }

    @Override
    ByteBuf binary(int length) {
        varint(length);
        return out.ensureWritable(length);
    }

    /** Seven bits to a byte, the lowest first; all bytes but the last have the sign bit set. */
    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }
}
