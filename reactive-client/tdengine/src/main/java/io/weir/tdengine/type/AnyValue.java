package io.weir.tdengine.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds values of any Java type to a column, as far as its type takes them. */
final class AnyValue {

    private AnyValue() {}

    static void add(ColumnBatch to, @Nullable Object value) {
        if (value == null) {
            to.addNull();
        } else if (value instanceof Boolean truth) {
            to.addBoolean(truth);
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            to.addLong(((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            addFraction(to, (Number) value);
        } else if (value instanceof BigInteger number) {
            addInteger(to, number);
        } else if (value instanceof BigDecimal number) {
            addNumber(to, number);
        } else if (value instanceof byte[] bytes) {
            to.addBytes(bytes);
        } else if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            to.addBytes(copy);
        } else if (value instanceof Enum<?> constant) {
            to.addText(constant.name());
        } else if (value instanceof CharSequence || value instanceof UUID) {
            to.addText(value.toString());
        } else {
            to.addMoment(moment(to, value));
        }
    }

    private static void addFraction(ColumnBatch to, Number value) {
        if (!to.type().isDecimal()) {
            to.addDouble(value.doubleValue());
            return;
        }
        // By its text, so that the float 0.1 is the decimal 0.1.
        try {
            to.addDecimal(new BigDecimal(value.toString()));
        } catch (NumberFormatException e) {
            throw to.refused(value + " is no decimal");
        }
    }

    private static void addInteger(ColumnBatch to, BigInteger number) {
        if (to.type() == TdengineType.BIGINT_UNSIGNED) {
            to.addUnsigned(number);
        } else if (to.type().isDecimal()) {
            to.addDecimal(new BigDecimal(number));
        } else if (number.bitLength() >= Long.SIZE) {
            throw to.refused("a whole number of " + number.bitLength() + " bits does not fit");
        } else {
            to.addLong(number.longValue());
        }
    }

    private static void addNumber(ColumnBatch to, BigDecimal number) {
        switch (to.type()) {
            case FLOAT, DOUBLE -> to.addDouble(number.doubleValue());
            case DECIMAL, DECIMAL64 -> to.addDecimal(number);
            default -> {
                if (number.signum() != 0 && (number.stripTrailingZeros().scale() > 0 || number.precision() > 40)) {
                    throw to.refused("it takes whole numbers only");
                }
                addInteger(to, number.toBigInteger());
            }
        }
    }

    private static Instant moment(ColumnBatch to, Object value) {
        boolean takesTimes = to.type() == TdengineType.TIMESTAMP;
        if (takesTimes && value instanceof Instant instant) {
            return instant;
        } else if (takesTimes && value instanceof OffsetDateTime time) {
            return time.toInstant();
        } else if (takesTimes && value instanceof ZonedDateTime time) {
            return time.toInstant();
        }
        throw to.refused(value.getClass());
    }
}
