package io.weir.server.tdengine.sql;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The order of values; NULL comes first. */
final class Compare {

    private Compare() {}

    static int values(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        } else if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        } else if (left instanceof byte[] a && right instanceof byte[] b) {
            return Arrays.compareUnsigned(a, b);
        } else if (left instanceof String a && right instanceof String b) {
            return a.compareTo(b);
        } else if (isReal(left) || isReal(right)) {
            return Double.compare(real(left), real(right));
        } else if (left instanceof String || right instanceof String) {
            return comparedWithText(left, right);
        }
        return Coercion.decimal(left).compareTo(Coercion.decimal(right));
    }

    private static int comparedWithText(Object left, Object right) {
        try {
            return Coercion.decimal(flag(left)).compareTo(Coercion.decimal(flag(right)));
        } catch (NumberFormatException noNumber) {
            return Coercion.text(left).compareTo(Coercion.text(right));
        }
    }

    private static Object flag(Object value) {
        return value instanceof String text && text.matches("(?i)true|false") ? Boolean.valueOf(text) : value;
    }

    private static boolean isReal(Object value) {
        return value instanceof Double || value instanceof Float;
    }

    /** FLOAT is compared by what it shows, so that 2.3 written in SQL finds it. */
    private static double real(Object value) {
        if (value instanceof Double number) {
            return number;
        }
        try {
            return Double.parseDouble(Coercion.text(value));
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }
}
