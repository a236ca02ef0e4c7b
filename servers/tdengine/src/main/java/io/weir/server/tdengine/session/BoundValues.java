package io.weir.server.tdengine.session;

import io.weir.server.tdengine.block.SqlType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Bound values where they lie in the message. Each is made when it is asked for: for some writes none ever is. */
final class BoundValues extends AbstractList<@Nullable Object> implements RandomAccess {

    private final SqlType type;
    private final int count;
    private final ByteBuffer nulls;
    private final int[] offsets;
    private final ByteBuffer values;

    /** @param offsets where each value begins, and behind them where the last one ends; none for types of fixed width */
    BoundValues(SqlType type, int count, ByteBuffer nulls, int[] offsets, ByteBuffer values) {
        this.type = type;
        this.count = count;
        this.nulls = nulls;
        this.offsets = offsets;
        this.values = values;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public @Nullable Object get(int index) {
        if (nulls.get(index) != 0) {
            return null;
        } else if (offsets.length == 0) {
            return fixed(index * type.size());
        }
        byte[] value = new byte[offsets[index + 1] - offsets[index]];
        values.get(offsets[index], value);
        return variable(value);
    }

    private Object fixed(int at) {
        return switch (type) {
            case BOOL -> values.get(at) != 0;
            case TINYINT -> (long) values.get(at);
            case UTINYINT -> values.get(at) & 0xffL;
            case SMALLINT -> (long) values.getShort(at);
            case USMALLINT -> values.getShort(at) & 0xffffL;
            case INT -> (long) values.getInt(at);
            case UINT -> values.getInt(at) & 0xffff_ffffL;
            case BIGINT, TIMESTAMP -> values.getLong(at);
            case UBIGINT -> new BigInteger(Long.toUnsignedString(values.getLong(at)));
            case FLOAT -> values.getFloat(at);
            case DOUBLE -> values.getDouble(at);
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    private Object variable(byte[] value) {
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
