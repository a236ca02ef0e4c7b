package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.weir.iotdb.type.IotdbType;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The server's side of the protocol, for scripts: calls are read, replies are written. */
public final class ServerMessages {

    /**
     * A call as the server sees it.
     *
     * @param arguments all scalar fields by the name that they have on the wire, those of the request struct among them
     */
    public record Received(String method, int sequence, Map<String, String> arguments) {

        public String argument(String name) {
            return arguments.getOrDefault(name, "(not sent)");
        }
    }

    private ServerMessages() {}

    /** Reads a frame, its length included. */
    public static Received received(byte[] frame) {
        ThriftInput in = ThriftFormat.BINARY.input(Unpooled.wrappedBuffer(frame).skipBytes(Integer.BYTES));
        MessageHead head = in.message();
        Map<String, String> arguments = new java.util.LinkedHashMap<>();
        read(in, head.method() + ".call", arguments);
        return new Received(head.method(), head.sequence(), arguments);
    }

    private static void read(ThriftInput in, String struct, Map<String, String> into) {
        in.beginStruct();
        while (in.nextField()) {
            WireNames.Field field = WireNames.of(struct, in.fieldId());
            switch (in.fieldType()) {
                case STRUCT -> read(in, String.valueOf(field.struct()), into);
                case STRING ->
                    into.put(
                            field.name(),
                            field.name().equals("parameters") ? ByteBufUtil.hexDump(in.binary()) : in.string());
                case I32 -> into.put(field.name(), String.valueOf(in.i32()));
                case I64 -> into.put(field.name(), String.valueOf(in.i64()));
                case BOOL -> into.put(field.name(), String.valueOf(in.bool()));
                case MAP -> {
                    StringJoiner entries = new StringJoiner(", ");
                    int size = in.beginMap(ThriftType.STRING, ThriftType.STRING);
                    for (int i = 0; i < size; i++) {
                        entries.add(in.string() + "=" + in.string());
                    }
                    into.put(field.name(), entries.toString());
                }
                default -> in.skip();
            }
        }
    }

    /** A frame with a reply whose value is a struct. */
    public static byte[] reply(Received call, ByteBuf struct) {
        return frame(
                MessageHead.REPLY,
                call,
                Unpooled.buffer().writeByte(12).writeShort(0).writeBytes(struct).writeByte(0));
    }

    /** A frame with a reply whose value is a number. */
    public static byte[] reply(Received call, long number) {
        return frame(
                MessageHead.REPLY,
                call,
                Unpooled.buffer().writeByte(10).writeShort(0).writeLong(number).writeByte(0));
    }

    /** What a server says that can not even try. */
    public static byte[] exception(Received call, int type, String message) {
        return frame(
                MessageHead.EXCEPTION,
                call,
                struct().text(1, message).i32(2, type).end());
    }

    private static byte[] frame(int kind, Received call, ByteBuf body) {
        ByteBuf out = Unpooled.buffer().writeInt(0).writeInt(BinaryOutput.VERSION | kind);
        text(out, call.method());
        out.writeInt(call.sequence()).writeBytes(body);
        out.setInt(0, out.readableBytes() - Integer.BYTES);
        return ByteBufUtil.getBytes(out);
    }

    public static ByteBuf status(int code, String message) {
        return struct().i32(1, code).text(2, message).end();
    }

    /** A status that holds one for each part of the request. */
    public static ByteBuf statuses(int code, int... parts) {
        ByteBuf list = Unpooled.buffer().writeByte(12).writeInt(parts.length);
        for (int part : parts) {
            list.writeBytes(status(part, "part " + part));
        }
        return struct().i32(1, code).text(2, "").raw(15, 3, list).end();
    }

    /** A success that names another node as the better one to ask. */
    public static ByteBuf redirected(String host, int port) {
        return struct().i32(1, 400)
                .text(2, "")
                .raw(12, 4, struct().text(1, host).i32(2, port).end())
                .end();
    }

    /** The same for each part of a request; port 0 is a part for which no other node is named. */
    public static ByteBuf redirectedEach(String host, int... ports) {
        ByteBuf list = Unpooled.buffer().writeByte(12).writeInt(ports.length);
        for (int port : ports) {
            list.writeBytes(port == 0 ? status(200, "") : redirected(host, port));
        }
        return struct().i32(1, 400).text(2, "").raw(15, 3, list).end();
    }

    /** A refusal with the advice to try again. */
    public static ByteBuf tryAgain(int code) {
        return struct().i32(1, code).text(2, "busy").bool(5, true).end();
    }

    public static ByteBuf opened(int code, String message, long sessionId) {
        ByteBuf configuration = Unpooled.buffer().writeByte(11).writeByte(11).writeInt(1);
        text(configuration, "timestamp_precision");
        text(configuration, "ms");
        return struct().raw(12, 1, status(code, message))
                .i32(2, 2)
                .i64(3, sessionId)
                .raw(13, 4, configuration)
                .end();
    }

    public static ByteBuf properties(String version) {
        return struct().text(1, version)
                .text(3, "ms")
                .i32(4, 1000)
                .i32(5, 1 << 20)
                .bool(6, false)
                .text(7, "abc")
                .end();
    }

    /** The first reply of a query with one column {@code n} of INT64, without a leading column of times. */
    public static ByteBuf numbers(long queryId, boolean more, long... values) {
        return struct().raw(12, 1, status(200, ""))
                .i64(2, queryId)
                .texts(3, "n")
                .bool(5, true)
                .texts(6, "INT64")
                .blocks(13, values)
                .bool(14, more)
                .end();
    }

    /** A further reply of such a query. */
    public static ByteBuf moreNumbers(boolean more, long... values) {
        return struct().raw(12, 1, status(200, ""))
                .bool(2, values.length > 0)
                .bool(3, true)
                .blocks(6, values)
                .bool(7, more)
                .end();
    }

    /** The reply to a statement without rows. */
    public static ByteBuf done() {
        return struct().raw(12, 1, status(200, "")).end();
    }

    /** The reply to {@code USE}. */
    public static ByteBuf entered(String database) {
        return struct().raw(12, 1, status(200, "")).text(15, database).end();
    }

    /** A reply that carries nothing but a refusal. */
    public static ByteBuf refused(int code, String message) {
        return struct().raw(12, 1, status(code, message)).end();
    }

    /** The reply to {@code prepareStatement}. */
    public static ByteBuf prepared(int parameters) {
        return struct().raw(12, 1, status(200, "")).i32(2, parameters).end();
    }

    public static ByteBuf zone(String name) {
        return struct().raw(12, 1, status(200, "")).text(2, name).end();
    }

    /** A block with these values, in a buffer on the heap. */
    public static ByteBuf block(long... values) {
        ByteBuf counted = new BlockBuilder(values.length)
                .values(IotdbType.INT64, java.util.Arrays.stream(values).boxed().toList())
                .build();
        try {
            return Unpooled.copiedBuffer(counted);
        } finally {
            counted.release();
        }
    }

    public static Struct struct() {
        return new Struct();
    }

    private static void text(ByteBuf out, String value) {
        int at = out.writerIndex();
        out.writeInt(0);
        out.setInt(at, ByteBufUtil.writeUtf8(out, value));
    }

    /** Writes fields one after the other. */
    public static final class Struct {
        private final ByteBuf out = Unpooled.buffer();

        private Struct() {}

        public Struct raw(int type, int id, ByteBuf value) {
            out.writeByte(type).writeShort(id).writeBytes(value);
            return this;
        }

        public Struct bool(int id, boolean value) {
            out.writeByte(2).writeShort(id).writeBoolean(value);
            return this;
        }

        public Struct i32(int id, int value) {
            out.writeByte(8).writeShort(id).writeInt(value);
            return this;
        }

        public Struct i64(int id, long value) {
            out.writeByte(10).writeShort(id).writeLong(value);
            return this;
        }

        public Struct text(int id, String value) {
            out.writeByte(11).writeShort(id);
            ServerMessages.text(out, value);
            return this;
        }

        public Struct texts(int id, String... values) {
            out.writeByte(15).writeShort(id).writeByte(11).writeInt(values.length);
            for (String value : values) {
                ServerMessages.text(out, value);
            }
            return this;
        }

        /** A block for each value, so that a reply of several values is one of several pages. */
        Struct blocks(int id, long... values) {
            out.writeByte(15).writeShort(id).writeByte(11).writeInt(values.length);
            for (long value : values) {
                ByteBuf block = block(value);
                out.writeInt(block.readableBytes()).writeBytes(block);
            }
            return this;
        }

        public Struct blocks(int id, List<ByteBuf> blocks) {
            out.writeByte(15).writeShort(id).writeByte(11).writeInt(blocks.size());
            for (ByteBuf block : blocks) {
                out.writeInt(block.readableBytes()).writeBytes(block);
            }
            return this;
        }

        public ByteBuf end() {
            return out.writeByte(0);
        }
    }
}
