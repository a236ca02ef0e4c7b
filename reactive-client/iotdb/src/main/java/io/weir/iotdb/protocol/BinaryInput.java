package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;

/** Strict TBinaryProtocol, reading. */
final class BinaryInput extends ThriftInput {

    private static final int VERSION_MASK = 0xffff_0000;

    private int fieldId;
    private ThriftType fieldType = ThriftType.STRUCT;

    BinaryInput(ByteBuf frame) {
        super(frame);
    }

    @Override
    MessageHead message() {
        int word = i32();
        if ((word & VERSION_MASK) != BinaryOutput.VERSION) {
            if (word >>> 24 == CompactOutput.PROTOCOL_ID) {
                throw Malformed.error("The server answers in Thrift's compact protocol, this client speaks the binary"
                        + " one: set the option thriftProtocol=compact");
            }
            throw Malformed.error(
                    String.format("a Thrift message begins with 8001, here are %08x", word),
                    position() - Integer.BYTES);
        }
        return new MessageHead(word & 0xff, string(), i32());
    }

    @Override
    boolean readField() {
        int code = i8();
        if (code == 0) {
            return false;
        }
        fieldType = type(code);
        fieldId = i16();
        return true;
    }

    @Override
    int fieldId() {
        return fieldId;
    }

    @Override
    ThriftType fieldType() {
        return fieldType;
    }

    @Override
    boolean bool() {
        int value = i8();
        if (value != 0 && value != 1) {
            throw Malformed.error("a boolean is 0 or 1, here is " + value, position() - 1);
        }
        return value == 1;
    }

    @Override
    short i16() {
        need(Short.BYTES, "a 16-bit number");
        return in.readShort();
    }

    @Override
    int i32() {
        need(Integer.BYTES, "a 32-bit number");
        return in.readInt();
    }

    @Override
    long i64() {
        need(Long.BYTES, "a 64-bit number");
        return in.readLong();
    }

    @Override
    double float64() {
        need(Double.BYTES, "a double");
        return in.readDouble();
    }

    @Override
    int length() {
        return i32();
    }

    @Override
    Collection anyList() {
        int code = i8();
        int size = i32();
        ThriftType element = size == 0 ? ThriftType.STRUCT : type(code);
        checkSize(size, element.leastBytes);
        return new Collection(null, element, size);
    }

    @Override
    Collection anyMap() {
        int keyCode = i8();
        int valueCode = i8();
        int size = i32();
        ThriftType key = size == 0 ? ThriftType.STRUCT : type(keyCode);
        ThriftType value = size == 0 ? ThriftType.STRUCT : type(valueCode);
        checkSize(size, key.leastBytes + value.leastBytes);
        return new Collection(key, value, size);
    }

    private ThriftType type(int code) {
        ThriftType type = ThriftType.ofCode(code);
        if (type == null) {
            throw Malformed.error("there is no Thrift type " + code, position());
        }
        return type;
    }
}
