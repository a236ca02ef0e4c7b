package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** TCompactProtocol, reading. */
final class CompactInput extends ThriftInput {

    private static final int VERSION_MASK = 0x1f;
    private static final int KIND_MASK = 0x7;

    /** The last id in each struct that is open, of which the next is told as a step. */
    private int[] lastIds = new int[4];

    private int level = -1;
    private ThriftType fieldType = ThriftType.STRUCT;
    private boolean headIsValue;
    private boolean headValue;

    CompactInput(ByteBuf frame) {
        super(frame);
    }

    @Override
    MessageHead message() {
        int id = i8() & 0xff;
        if (id != CompactOutput.PROTOCOL_ID) {
            if (id == BinaryOutput.VERSION >>> 24) {
                throw Malformed.error("The server answers in Thrift's binary protocol, this client speaks the compact"
                        + " one: leave the option thriftProtocol out");
            }
            throw Malformed.error(
                    String.format("a compact Thrift message begins with 82, here is %02x", id), position() - 1);
        }
        int word = i8() & 0xff;
        if ((word & VERSION_MASK) != CompactOutput.VERSION) {
            throw Malformed.error(
                    "version " + (word & VERSION_MASK) + " of the compact protocol, known is 1", position() - 1);
        }
        int sequence = (int) varint(Integer.SIZE);
        return new MessageHead(word >>> CompactOutput.KIND_SHIFT & KIND_MASK, string(), sequence);
    }

    @Override
    void enteredStruct() {
        if (++level == lastIds.length) {
            lastIds = Arrays.copyOf(lastIds, 2 * level);
        }
        lastIds[level] = 0;
    }

    @Override
    boolean readField() {
        int head = i8() & 0xff;
        if (head == 0) {
            level--;
            return false;
        }
        int code = head & 0xf;
        fieldType = type(code);
        headIsValue = fieldType == ThriftType.BOOL;
        headValue = code == CompactOutput.TRUE;
        int step = head >>> 4;
        lastIds[level] = step == 0 ? i16() : lastIds[level] + step;
        return true;
    }

    @Override
    int fieldId() {
        return lastIds[level];
    }

    @Override
    ThriftType fieldType() {
        return fieldType;
    }

    /** A field's value is in its head, an element has a byte of its own: 1 is true; false is 2, of some writers 0. */
    @Override
    boolean bool() {
        if (headIsValue) {
            headIsValue = false;
            return headValue;
        }
        int value = i8();
        if (value < 0 || value > CompactOutput.FALSE) {
            throw Malformed.error("a boolean is 0, 1 or 2, here is " + value, position() - 1);
        }
        return value == CompactOutput.TRUE;
    }

    @Override
    short i16() {
        int start = position();
        int value = i32();
        if (value != (short) value) {
            throw Malformed.error("a 16-bit number is " + value, start);
        }
        return (short) value;
    }

    @Override
    int i32() {
        int folded = (int) varint(Integer.SIZE);
        return folded >>> 1 ^ -(folded & 1);
    }

    @Override
    long i64() {
        long folded = varint(Long.SIZE);
        return folded >>> 1 ^ -(folded & 1);
    }

    @Override
    double float64() {
        need(Double.BYTES, "a double");
        return in.readDoubleLE();
    }

    @Override
    int length() {
        return (int) varint(Integer.SIZE);
    }

    @Override
    Collection anyList() {
        int head = i8() & 0xff;
        int size = head >>> 4;
        if (size == CompactOutput.LONG_FORM) {
            size = length();
        }
        ThriftType element = size == 0 ? ThriftType.STRUCT : type(head & 0xf);
        checkSize(size, element.leastCompactBytes());
        return new Collection(null, element, size);
    }

    @Override
    Collection anyMap() {
        int size = length();
        if (size == 0) {
            return new Collection(ThriftType.STRUCT, ThriftType.STRUCT, 0);
        }
        int types = i8() & 0xff;
        ThriftType key = type(types >>> 4);
        ThriftType value = type(types & 0xf);
        checkSize(size, key.leastCompactBytes() + value.leastCompactBytes());
        return new Collection(key, value, size);
    }

    private ThriftType type(int code) {
        ThriftType type = ThriftType.ofCompact(code);
        if (type == null) {
            throw Malformed.error("there is no compact Thrift type " + code, position() - 1);
        }
        return type;
    }

    /** Seven bits to a byte, the lowest first. */
    private long varint(int bits) {
        int start = position();
        long value = 0;
        for (int shift = 0; shift < bits; shift += 7) {
            int next = i8();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                if (shift + Integer.SIZE - Integer.numberOfLeadingZeros(next) > bits) {
                    break;
                }
                return value;
            }
        }
        throw Malformed.error("a number is longer than " + bits + " bits", start);
    }
}
