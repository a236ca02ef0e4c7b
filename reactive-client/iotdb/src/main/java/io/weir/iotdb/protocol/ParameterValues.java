package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.weir.core.TimePrecision;
import io.weir.iotdb.type.IotdbType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a prepared statement's parameters, as they travel: their number, then each as a type and its bytes.
 * Moments travel as counts, because parameters have no type for them.
 */
public final class ParameterValues {

    private static final int NULL = 7;
    private static final String POSSIBLE =
            "possible are Boolean, Byte, Short, Integer, Long, Float, Double, String, byte[], Instant, OffsetDateTime,"
                    + " ZonedDateTime and null";

    /** As the wire has them: Boolean, Integer, Long, Float, Double, Bytes or null. */
    private final List<@Nullable Object> values;

    /** Text or bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and not handed out
    private record Bytes(IotdbType type, byte[] bytes) {}

    private ParameterValues(List<@Nullable Object> values) {
        this.values = values;
    }

    /**
     * Takes values as users have them.
     *
     * @throws IllegalArgumentException if one has a type that no parameter can be; it is not in the text
     */
    public static ParameterValues of(List<? extends @Nullable Object> given, TimePrecision precision) {
        List<@Nullable Object> values = new ArrayList<>(given.size());
        for (Object value : given) {
            values.add(wire(value, values.size(), precision));
        }
        return new ParameterValues(values);
    }

    private static @Nullable Object wire(@Nullable Object value, int index, TimePrecision precision) {
        if (value == null
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Float
                || value instanceof Double) {
            return value;
        }
        if (value instanceof Byte || value instanceof Short) {
            return ((Number) value).intValue();
        }
        if (value instanceof String text) {
            return new Bytes(IotdbType.STRING, text.getBytes(StandardCharsets.UTF_8));
        }
        if (value instanceof byte[] bytes) {
            return new Bytes(IotdbType.BLOB, bytes.clone());
        }
        if (value instanceof Instant moment) {
            return precision.toCount(moment);
        }
        if (value instanceof OffsetDateTime moment) {
            return precision.toCount(moment.toInstant());
        }
        if (value instanceof ZonedDateTime moment) {
            return precision.toCount(moment.toInstant());
        }
        throw new IllegalArgumentException(
                "Parameter " + index + " can not be a " + value.getClass().getName() + ": " + POSSIBLE);
    }

    /** How many. */
    public int size() {
        return values.size();
    }

    int length() {
        int length = Integer.BYTES;
        for (Object value : values) {
            length += 1 + length(value);
        }
        return length;
    }

    private static int length(@Nullable Object value) {
        if (value instanceof Bytes text) {
            return Math.addExact(Integer.BYTES, text.bytes().length);
        }
        if (value instanceof Long || value instanceof Double) {
            return Long.BYTES;
        }
        if (value instanceof Boolean) {
            return 1;
        }
        return value == null ? 0 : Integer.BYTES;
    }

    void write(ByteBuf out) {
        out.writeInt(values.size());
        for (Object value : values) {
            write(out, value);
        }
    }

    private static void write(ByteBuf out, @Nullable Object value) {
        if (value instanceof Boolean flag) {
            out.writeByte(IotdbType.BOOLEAN.code()).writeBoolean(flag);
        } else if (value instanceof Integer number) {
            out.writeByte(IotdbType.INT32.code()).writeInt(number);
        } else if (value instanceof Long number) {
            out.writeByte(IotdbType.INT64.code()).writeLong(number);
        } else if (value instanceof Float number) {
            out.writeByte(IotdbType.FLOAT.code()).writeFloat(number);
        } else if (value instanceof Double number) {
            out.writeByte(IotdbType.DOUBLE.code()).writeDouble(number);
        } else if (value instanceof Bytes text) {
            out.writeByte(text.type().code()).writeInt(text.bytes().length).writeBytes(text.bytes());
        } else {
            out.writeByte(NULL);
        }
    }

    /** How many; no value. */
    @Override
    public String toString() {
        return values.size() + " values";
    }
}
