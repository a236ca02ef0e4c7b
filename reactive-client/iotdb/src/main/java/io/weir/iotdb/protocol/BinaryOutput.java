package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Strict TBinaryProtocol, writing. */
final class BinaryOutput extends ThriftOutput {

    static final int VERSION = 0x8001_0000;
    private static final int STOP = 0;

    BinaryOutput(ByteBuf out) {
        super(out);
    }

    @Override
    public void beginCall(String method, int sequence) {
        out.writeInt(VERSION | MessageHead.CALL);
        text(method);
        out.writeInt(sequence);
    }

    @Override
    public void endCall() {
        out.writeByte(STOP);
    }

    @Override
    public void beginStruct(int id) {
        field(ThriftType.STRUCT, id);
    }

    @Override
    public void endStruct() {
        out.writeByte(STOP);
    }

    @Override
    public void bool(int id, boolean value) {
        field(ThriftType.BOOL, id);
        out.writeBoolean(value);
    }

    @Override
    void field(ThriftType type, int id) {
        out.writeByte(type.code);
        out.writeShort(id);
    }

    @Override
    void list(ThriftType element, int size) {
        out.writeByte(element.code);
        out.writeInt(size);
    }

    @Override
    void map(ThriftType key, ThriftType value, int size) {
        out.writeByte(key.code);
        out.writeByte(value.code);
        out.writeInt(size);
    }

    @Override
    void i32(int value) {
        out.writeInt(value);
    }

    @Override
    void i64(long value) {
        out.writeLong(value);
    }

    @Override
    void text(String value) {
        int lengthAt = out.writerIndex();
        out.writeInt(0);
        int length = ByteBufUtil.writeUtf8(out, value);
        out.setInt(lengthAt, length);
    }

    @Override
    ByteBuf binary(int length) {
        out.ensureWritable(Integer.BYTES + length);
        return out.writeInt(length);
    }
}
