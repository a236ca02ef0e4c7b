package io.weir.core.page;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What booleans, texts and bytes become. Null where a value can not. */
final class Plain {

    private Plain() {}

    static @Nullable Object fromBoolean(boolean value, Target target) {
        return switch (target) {
            case BOOLEAN, OBJECT -> value;
            case STRING -> String.valueOf(value);
            default -> null;
        };
    }

    static @Nullable Object fromBytes(ByteBuffer bytes, Target target) {
        return switch (target) {
            case BYTE_BUFFER, OBJECT -> ByteBuffer.wrap(Conversions.copy(bytes));
            case BYTES -> Conversions.copy(bytes);
            default -> null;
        };
    }

    static @Nullable Object fromText(AbstractRow row, int column, Target target, Class<?> type) {
        return switch (target) {
            case STRING, OBJECT -> row.textAt(column);
            case BYTE_BUFFER, BYTES -> fromBytes(row.bytesAt(column), target);
            case BOOLEAN -> booleanOf(row.textAt(column));
            case UUID -> uuidOf(row.textAt(column));
            case ENUM -> constantOf(row.textAt(column), type);
            case BYTE, SHORT, INTEGER, LONG, FLOAT, DOUBLE, BIG_INTEGER, BIG_DECIMAL, NUMBER ->
                numberOf(row.textAt(column), target);
            default -> null;
        };
    }

    private static @Nullable Boolean booleanOf(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    private static @Nullable UUID uuidOf(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            // fromString takes "1-1-1-1-1" as well, and reads more digits than a group has.
            return uuid.toString().equalsIgnoreCase(text) ? uuid : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Object constantOf(String text, Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(text)) {
                return constant;
            }
        }
        return null;
    }

    private static @Nullable Object numberOf(String text, Target target) {
        switch (text) {
            case "NaN", "Infinity", "-Infinity" -> {
                return target == Target.FLOAT || target == Target.DOUBLE
                        ? Numbers.fromDouble(Double.parseDouble(text), target)
                        : null;
            }
            default -> {
                try {
                    return Numbers.fromDecimal(new BigDecimal(text), target);
                } catch (NumberFormatException e) {
                    return null;
                }
            }
        }
    }
}
