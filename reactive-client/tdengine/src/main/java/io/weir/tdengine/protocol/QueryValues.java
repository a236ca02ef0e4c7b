package io.weir.tdengine.protocol;

import io.weir.core.TimePrecision;
import io.weir.tdengine.type.StatementField;
import io.weir.tdengine.type.StatementField.Role;
import io.weir.tdengine.type.TableBatch;
import io.weir.tdengine.type.TdengineType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values for the placeholders of a query, whose types the server leaves to us. Times travel as texts, which mean the same
 * whatever the database's precision is.
 */
public final class QueryValues {

    private QueryValues() {}

    /**
     * One row of values.
     *
     * @throws IllegalArgumentException naming the first value that can not be bound, and what can
     */
    public static TableBatch of(List<? extends @Nullable Object> values) {
        List<StatementField> fields = new ArrayList<>(values.size());
        @Nullable Object[] row = new @Nullable Object[values.size()];
        for (int i = 0; i < row.length; i++) {
            Object value = values.get(i);
            row[i] = value instanceof Temporal ? text(value) : value;
            fields.add(
                    new StatementField("?" + (i + 1), type(row[i]), TimePrecision.MILLISECONDS, 0, 0, 0, Role.QUERY));
        }
        return TableBatch.of(fields).row(row);
    }

    /** A literal without its quotes: there is nothing in a time that would have to be escaped. */
    private static String text(Object time) {
        String literal = Literals.render(time);
        return literal.substring(1, literal.length() - 1);
    }

    private static TdengineType type(@Nullable Object value) {
        if (value instanceof Boolean) {
            return TdengineType.BOOL;
        } else if (value instanceof Byte) {
            return TdengineType.TINYINT;
        } else if (value instanceof Short) {
            return TdengineType.SMALLINT;
        } else if (value instanceof Integer) {
            return TdengineType.INT;
        } else if (value instanceof Long) {
            return TdengineType.BIGINT;
        } else if (value instanceof Float) {
            return TdengineType.FLOAT;
        } else if (value instanceof Double) {
            return TdengineType.DOUBLE;
        } else if (value instanceof BigInteger number) {
            return number.bitLength() < Long.SIZE ? TdengineType.BIGINT : TdengineType.BIGINT_UNSIGNED;
        } else if (value instanceof BigDecimal) {
            return TdengineType.DECIMAL;
        } else if (value instanceof byte[] || value instanceof ByteBuffer) {
            return TdengineType.VARBINARY;
        } else if (value == null || Literals.TYPES.stream().anyMatch(type -> type.isInstance(value))) {
            return TdengineType.VARCHAR;
        }
        throw new IllegalArgumentException(Literals.refusal(value.getClass()));
    }
}
