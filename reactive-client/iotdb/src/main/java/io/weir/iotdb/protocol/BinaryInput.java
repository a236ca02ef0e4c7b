package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Strict TBinaryProtocol, reading. */
final class BinaryInput extends ThriftInput {

    private static final int VERSION_MASK = 0xffff_0000;
    private static final int COMPACT_PROTOCOL_ID = 0x82;

    private final ByteBuf in;
    private int fieldId;
    private ThriftType fieldType = ThriftType.STRUCT;

    BinaryInput(ByteBuf frame) {
        this.in = frame;
    }

    @Override
    MessageHead message() {
        int word = i32();
        if ((word & VERSION_MASK) != BinaryOutput.VERSION) {
            if (word >>> 24 == COMPACT_PROTOCOL_ID) {
                throw Malformed.error(
                        "The server answers in Thrift's compact protocol, this client speaks the binary one:"
                                + " set dn_rpc_thrift_compression_enable=false on the server");
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
    byte i8() {
        need(Byte.BYTES, "a byte");
        return in.readByte();
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
    String string() {
        int length = length();
        String text = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
        in.skipBytes(length);
        return text;
    }

    @Override
    ByteBuf binary() {
        return in.readSlice(length());
    }

    private int length() {
        int length = i32();
        if (length < 0) {
            throw Malformed.error("a text of " + length + " bytes", position() - Integer.BYTES);
        }
        need(length, "a text of " + length + " bytes");
        return length;
    }

    @Override
    int beginList(ThriftType element) {
        Collection list = anyList();
        expectElements(element, list.value(), list.size());
        return list.size();
    }

    @Override
    int beginMap(ThriftType key, ThriftType value) {
        Collection map = anyMap();
        if (map.key() != null) {
            expectElements(key, map.key(), map.size());
        }
        expectElements(value, map.value(), map.size());
        return map.size();
    }

    private void expectElements(ThriftType expected, ThriftType found, int size) {
        // The elements' type of an empty collection says nothing: some writers leave it out.
        if (size > 0 && found != expected) {
            throw Malformed.error("a collection of " + found + " where " + expected + " is expected", position());
        }
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

    private void checkSize(int size, int leastBytes) {
        if (size < 0 || (long) size * leastBytes > remaining()) {
            throw Malformed.error(
                    "a collection of " + size + " elements with " + remaining() + " bytes left", position());
        }
    }

    private ThriftType type(int code) {
        ThriftType type = ThriftType.ofCode(code);
        if (type == null) {
            throw Malformed.error("there is no Thrift type " + code, position());
        }
        return type;
    }

    @Override
    int position() {
        return in.readerIndex();
    }

    @Override
    int remaining() {
        return in.readableBytes();
    }

    private void need(int bytes, String what) {
        if (in.readableBytes() < bytes) {
            throw Malformed.error(
                    "it ends where " + what + " is expected (" + in.readableBytes() + " bytes left)", position());
        }
    }
}
