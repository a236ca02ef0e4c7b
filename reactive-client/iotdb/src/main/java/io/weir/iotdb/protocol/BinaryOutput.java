package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Map;

/** Strict TBinaryProtocol, writing. */
final class BinaryOutput implements ThriftOutput {

    static final int VERSION = 0x8001_0000;
    private static final int STOP = 0;

    private final ByteBuf out;

    BinaryOutput(ByteBuf out) {
        this.out = out;
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
    public void i32(int id, int value) {
        field(ThriftType.I32, id);
        out.writeInt(value);
    }

    @Override
    public void i64(int id, long value) {
        field(ThriftType.I64, id);
        out.writeLong(value);
    }

    @Override
    public void string(int id, String value) {
        field(ThriftType.STRING, id);
        text(value);
    }

    @Override
    public void stringList(int id, List<String> values) {
        field(ThriftType.LIST, id);
        out.writeByte(ThriftType.STRING.code);
        out.writeInt(values.size());
        for (String value : values) {
            text(value);
        }
    }

    @Override
    public void stringMap(int id, Map<String, String> values) {
        field(ThriftType.MAP, id);
        out.writeByte(ThriftType.STRING.code);
        out.writeByte(ThriftType.STRING.code);
        out.writeInt(values.size());
        values.forEach((key, value) -> {
            text(key);
            text(value);
        });
    }

    private void field(ThriftType type, int id) {
        out.writeByte(type.code);
        out.writeShort(id);
    }

    private void text(String value) {
        int lengthAt = out.writerIndex();
        out.writeInt(0);
        int length = ByteBufUtil.writeUtf8(out, value);
        out.setInt(lengthAt, length);
    }
}
