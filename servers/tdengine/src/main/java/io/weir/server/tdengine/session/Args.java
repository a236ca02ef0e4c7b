package io.weir.server.tdengine.session;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a text message; a wrong type is an {@link IllegalArgumentException}. */
public record Args(Map<String, @Nullable Object> values) {

    private static final BigInteger UNSIGNED_LIMIT = BigInteger.ONE.shiftLeft(Long.SIZE);

    public String text(String name) {
        Object value = values.get(name);
        if (value == null) {
            return "";
        } else if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name);
    }

    public long number(String name, long otherwise) {
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        } else if (value instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException(name);
    }

    /** An unsigned number of 64 bits. */
    public long id(String name) {
        Object value = values.get(name);
        if (value == null) {
            return 0;
        } else if (value instanceof Long number && number >= 0) {
            return number;
        } else if (value instanceof BigInteger big && big.signum() > 0 && big.compareTo(UNSIGNED_LIMIT) < 0) {
            return big.longValue();
        }
        throw new IllegalArgumentException(name);
    }

    public boolean flag(String name) {
        Object value = values.get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new IllegalArgumentException(name);
    }

    public List<?> list(String name) {
        Object value = values.get(name);
        if (value == null) {
            return List.of();
        } else if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(name);
    }
}
