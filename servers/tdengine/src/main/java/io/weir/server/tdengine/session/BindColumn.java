package io.weir.server.tdengine.session;

import io.weir.server.tdengine.block.SqlType;
import io.weir.server.tdengine.sql.BoundColumn;
import io.weir.server.tdengine.sql.TaosError;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One block of bound values, as all bind payloads have them. */
final class BindColumn {

    private BindColumn() {}

    /** Reads one block and leaves the position behind it; {@code broken} makes the error for one that lies. */
    static BoundColumn read(ByteBuffer in, Supplier<TaosError> broken) {
        int start = in.position();
        try {
            int length = in.getInt();
            SqlType type = SqlType.ofNumber(in.getInt());
            int count = in.getInt();
            if (length < 0 || count < 0 || length > in.limit() - start || count > length) {
                throw broken.get();
            }
            ByteBuffer block = in.slice(start, length).order(ByteOrder.LITTLE_ENDIAN);
            block.position(in.position() - start);
            in.position(start + length);
            return new BoundColumn(type, values(block, type, count, broken));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw broken.get();
        }
    }

    private static List<@Nullable Object> values(
            ByteBuffer block, SqlType type, int count, Supplier<TaosError> broken) {
        byte[] nulls = new byte[count];
        block.get(nulls);
        boolean haveLength = block.get() != 0;
        int[] lengths = new int[haveLength ? count : 0];
        long sum = 0;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = block.getInt();
            sum += lengths[i];
        }
        boolean fixed = !haveLength;
        int bytes = block.getInt();
        boolean isFixedType = type.isFixed() && !type.isDecimal();
        long wanted = fixed ? (long) count * type.size() : sum;
        boolean allNull = bytes == 0 && noneLeft(nulls);
        if (fixed != isFixedType || bytes != block.remaining() || (bytes != wanted && !allNull)) {
            throw broken.get();
        }
        List<@Nullable Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            boolean isNull = nulls[i] != 0;
            if (fixed) {
                Object value = allNull ? null : fixed(block, type);
                values.add(isNull ? null : value);
            } else {
                byte[] value = new byte[lengths[i]];
                block.get(value);
                values.add(isNull ? null : variable(value, type));
            }
        }
        return values;
    }

    private static boolean noneLeft(byte[] nulls) {
        for (byte isNull : nulls) {
            if (isNull == 0) {
                return false;
            }
        }
        return true;
    }

    private static Object fixed(ByteBuffer in, SqlType type) {
        return switch (type) {
            case BOOL -> in.get() != 0;
            case TINYINT -> (long) in.get();
            case UTINYINT -> in.get() & 0xffL;
            case SMALLINT -> (long) in.getShort();
            case USMALLINT -> in.getShort() & 0xffffL;
            case INT -> (long) in.getInt();
            case UINT -> in.getInt() & 0xffff_ffffL;
            case BIGINT, TIMESTAMP -> in.getLong();
            case UBIGINT -> new BigInteger(Long.toUnsignedString(in.getLong()));
            case FLOAT -> in.getFloat();
            case DOUBLE -> in.getDouble();
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    private static Object variable(byte[] value, SqlType type) {
        return switch (type) {
            case VARBINARY, BLOB, GEOMETRY -> value;
            default -> {
                try {
                    CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
                    yield text.toString();
                } catch (CharacterCodingException noText) {
                    yield value;
                }
            }
        };
    }
}
