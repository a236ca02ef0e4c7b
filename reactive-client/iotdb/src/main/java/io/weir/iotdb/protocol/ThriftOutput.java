package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;

/**
 * Writes one call. Fields are written whole (id and value together), because a denser format packs some values into the
 * field's header. A format writes single values and the heads of collections; what is in a collection is the same in all.
 */
public abstract class ThriftOutput {

    final ByteBuf out;

    ThriftOutput(ByteBuf out) {
        this.out = out;
    }

    /** Makes room at once for so many bytes: a long request would else be copied each time that the buffer grows. */
    final void expect(long bytes) {
        out.ensureWritable(Math.toIntExact(bytes));
    }

    /** Begins a call and the struct of its arguments. */
    public abstract void beginCall(String method, int sequence);

    /** Ends the struct of arguments, and with it the call. */
    public abstract void endCall();

    public abstract void beginStruct(int id);

    public abstract void endStruct();

    public abstract void bool(int id, boolean value);

    public final void i32(int id, int value) {
        field(ThriftType.I32, id);
        i32(value);
    }

    public final void i64(int id, long value) {
        field(ThriftType.I64, id);
        i64(value);
    }

    public final void string(int id, String value) {
        field(ThriftType.STRING, id);
        text(value);
    }

    /** Bytes as they are; the buffer's reader index does not move. */
    public final void binary(int id, ByteBuf value) {
        field(ThriftType.STRING, id);
        bytes(value);
    }

    public final void stringList(int id, List<String> values) {
        list(id, ThriftType.STRING, values.size());
        values.forEach(this::text);
    }

    public final void i32List(int id, List<Integer> values) {
        list(id, ThriftType.I32, values.size());
        values.forEach(this::i32);
    }

    public final void stringMap(int id, Map<String, String> values) {
        field(ThriftType.MAP, id);
        stringMap(values);
    }

    public final void stringMapList(int id, List<Map<String, String>> values) {
        list(id, ThriftType.MAP, values.size());
        values.forEach(this::stringMap);
    }

    private void stringMap(Map<String, String> values) {
        map(ThriftType.STRING, ThriftType.STRING, values.size());
        values.forEach((key, value) -> {
            text(key);
            text(value);
        });
    }

    /** A field of bytes: the caller appends exactly so many to the buffer that is returned. */
    final ByteBuf binary(int id, int length) {
        field(ThriftType.STRING, id);
        return binary(length);
    }

    /** The head of a field that holds a list, up to its elements. */
    final void list(int id, ThriftType element, int size) {
        field(ThriftType.LIST, id);
        list(element, size);
    }

    /** The head of a field of any type but a boolean. */
    abstract void field(ThriftType type, int id);

    /** The head of a list, up to its elements. */
    abstract void list(ThriftType element, int size);

    /** The head of a map, up to its entries. */
    abstract void map(ThriftType key, ThriftType value, int size);

    final void i8(int value) {
        out.writeByte(value);
    }

    abstract void i32(int value);

    abstract void i64(long value);

    abstract void text(String value);

    /** Bytes that the caller then appends to the buffer that is returned, exactly so many. */
    abstract ByteBuf binary(int length);

    final void bytes(ByteBuf value) {
        binary(value.readableBytes()).writeBytes(value, value.readerIndex(), value.readableBytes());
    }
}
