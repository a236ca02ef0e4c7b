package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.weir.core.TimePrecision;
import io.weir.iotdb.type.IotdbType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes blocks as the server does, and in ways in which it may. */
final class BlockBuilder {

    private final int rows;
    private final List<ByteBuf> columns = new ArrayList<>();
    private final List<Integer> encodings = new ArrayList<>();

    BlockBuilder(int rows) {
        this.rows = rows;
    }

    /** A layout of columns c0, c1, …; without a leading column of times. */
    static BlockLayout layout(IotdbType... types) {
        return layout(true, types);
    }

    static BlockLayout layout(boolean ignoreTimestamp, IotdbType... types) {
        List<String> names = new ArrayList<>();
        List<String> typeNames = new ArrayList<>();
        for (IotdbType type : types) {
            names.add("c" + names.size());
            typeNames.add(type.name());
        }
        Executed head =
                new Executed(Status.MISSING, 1, names, typeNames, ignoreTimestamp, null, List.of(), false, null);
        return BlockLayout.of(head, TimePrecision.MILLISECONDS, ZoneOffset.UTC);
    }

    /** Any column as its bytes behind the encoding. */
    BlockBuilder raw(int encoding, ByteBuf bytes) {
        encodings.add(encoding);
        columns.add(bytes);
        return this;
    }

    /** One value for all rows; null for a null. */
    BlockBuilder repeated(IotdbType type, Object value) {
        List<Object> one = new ArrayList<>();
        one.add(value);
        ByteBuf bytes = Unpooled.buffer().writeByte(encoding(type));
        return raw(4, bytes.writeBytes(plain(type, one)));
    }

    BlockBuilder dictionary(IotdbType type, List<?> entries, int... ids) {
        ByteBuf bytes = Unpooled.buffer().writeByte(encoding(type)).writeInt(entries.size());
        bytes.writeBytes(plain(type, entries)).writeInt(ids.length);
        for (int id : ids) {
            bytes.writeInt(id);
        }
        return raw(5, bytes);
    }

    BlockBuilder values(IotdbType type, List<?> values) {
        return raw(encoding(type), plain(type, values));
    }

    static int encoding(IotdbType type) {
        return switch (type) {
            case BOOLEAN -> 0;
            case INT32, FLOAT, DATE -> 1;
            case INT64, DOUBLE, TIMESTAMP -> 2;
            case TEXT, STRING, BLOB -> 3;
        };
    }

    static ByteBuf plain(IotdbType type, List<?> values) {
        ByteBuf out = Unpooled.buffer();
        boolean nulls = values.stream().anyMatch(Objects::isNull);
        out.writeBoolean(nulls);
        if (nulls) {
            out.writeBytes(bits(values.stream().map(v -> v == null).toList()));
        }
        if (type == IotdbType.BOOLEAN) {
            return out.writeBytes(bits(values.stream().map(Boolean.TRUE::equals).toList()));
        }
        for (Object value : values) {
            if (value instanceof Integer number) {
                out.writeInt(number);
            } else if (value instanceof Float number) {
                out.writeFloat(number);
            } else if (value instanceof Long number) {
                out.writeLong(number);
            } else if (value instanceof Double number) {
                out.writeDouble(number);
            } else if (value instanceof String text) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length).writeBytes(bytes);
            } else if (value instanceof byte[] bytes) {
                out.writeInt(bytes.length).writeBytes(bytes);
            }
        }
        return out;
    }

    /** The first bit is the highest of its byte. */
    static byte[] bits(List<Boolean> set) {
        byte[] bytes = new byte[(set.size() + 7) / 8];
        for (int i = 0; i < set.size(); i++) {
            if (set.get(i)) {
                bytes[i / 8] |= (byte) (0x80 >> i % 8);
            }
        }
        return bytes;
    }

    /** The block with the times 0, 1, 2, …, in a counted buffer. */
    ByteBuf build() {
        List<Long> times = new ArrayList<>();
        for (long row = 0; row < rows; row++) {
            times.add(row);
        }
        ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer();
        out.writeInt(columns.size()).writeZero(columns.size()).writeInt(rows).writeByte(2);
        encodings.forEach(out::writeByte);
        out.writeBytes(plain(IotdbType.TIMESTAMP, times));
        columns.forEach(out::writeBytes);
        return out;
    }
}
