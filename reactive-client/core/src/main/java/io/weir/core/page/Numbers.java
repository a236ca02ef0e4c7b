package io.weir.core.page;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Numbers into numbers. A number that would lose digits yields null: too large, a fraction where none fits, more digits
 * than a float has. A decimal becomes a double (and a double a float) if the double is written with the same digits, so
 * 0.1 does although no double is exactly a tenth.
 */
final class Numbers {

    /* Beyond this a value such as 1E999999999 would be written out in gigabytes. */
    private static final int MOST_DIGITS = 10_000;

    private Numbers() {}

    static @Nullable Object fromLong(long value, Target target) {
        return switch (target) {
            case BOOLEAN -> value == 0 ? Boolean.FALSE : value == 1 ? Boolean.TRUE : null;
            case BYTE -> (byte) value == value ? (Object) (byte) value : null;
            case SHORT -> (short) value == value ? (Object) (short) value : null;
            case INTEGER -> (int) value == value ? (Object) (int) value : null;
            case LONG, OBJECT, NUMBER -> value;
            // Long.MAX_VALUE rounds up to 2^63, which the cast back clamps to Long.MAX_VALUE again.
            case FLOAT -> (long) (float) value == value && (float) value != 0x1p63f ? (Object) (float) value : null;
            case DOUBLE -> (long) (double) value == value && (double) value != 0x1p63 ? (Object) (double) value : null;
            case BIG_INTEGER -> BigInteger.valueOf(value);
            case BIG_DECIMAL -> BigDecimal.valueOf(value);
            case STRING -> Long.toString(value);
            default -> null;
        };
    }

    static @Nullable Object fromFloat(float value, Target target) {
        return switch (target) {
            case FLOAT, OBJECT, NUMBER -> value;
            case STRING -> Float.toString(value);
            case BIG_DECIMAL -> Float.isFinite(value) ? new BigDecimal(Float.toString(value)) : null;
            default -> fromDouble(value, target);
        };
    }

    static @Nullable Object fromDouble(double value, Target target) {
        return switch (target) {
            case DOUBLE, OBJECT, NUMBER -> value;
            case FLOAT -> floatOf(value);
            case STRING -> Double.toString(value);
            case BIG_DECIMAL -> Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
            case BYTE, SHORT, INTEGER, LONG -> {
                long whole = (long) value;
                // 2^63 is clamped to Long.MAX_VALUE, which as a double is 2^63 again.
                yield whole == value && value != 0x1p63 ? fromLong(whole, target) : null;
            }
            case BIG_INTEGER ->
                Double.isFinite(value) && value == Math.rint(value) ? new BigDecimal(value).toBigIntegerExact() : null;
            default -> null;
        };
    }

    static @Nullable Object fromDecimal(BigDecimal value, Target target) {
        switch (target) {
            case BIG_DECIMAL, OBJECT, NUMBER -> {
                return value;
            }
            case STRING -> {
                return Math.abs((long) value.scale()) > MOST_DIGITS ? value.toString() : value.toPlainString();
            }
            case FLOAT -> {
                float f = value.floatValue();
                return Float.isFinite(f) && sameDigits(value, new BigDecimal(f), Float.toString(f)) ? f : null;
            }
            case DOUBLE -> {
                double d = value.doubleValue();
                return Double.isFinite(d) && sameDigits(value, new BigDecimal(d), Double.toString(d)) ? d : null;
            }
            case BYTE, SHORT, INTEGER, LONG, BIG_INTEGER -> {
                BigInteger whole = wholeOf(value);
                if (whole == null || target == Target.BIG_INTEGER) {
                    return whole;
                }
                return whole.bitLength() < Long.SIZE ? fromLong(whole.longValue(), target) : null;
            }
            default -> {
                return null;
            }
        }
    }

    private static @Nullable Float floatOf(double value) {
        float f = (float) value;
        if (f == value || Double.isNaN(value)) {
            return f;
        }
        boolean written = Float.isFinite(f)
                && new BigDecimal(Float.toString(f)).compareTo(new BigDecimal(Double.toString(value))) == 0;
        return written ? f : null;
    }

    private static boolean sameDigits(BigDecimal value, BigDecimal exact, String written) {
        return value.compareTo(exact) == 0 || value.compareTo(new BigDecimal(written)) == 0;
    }

    private static @Nullable BigInteger wholeOf(BigDecimal value) {
        if ((long) value.precision() - value.scale() > MOST_DIGITS) {
            return null;
        }
        try {
            return value.toBigIntegerExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }
}
