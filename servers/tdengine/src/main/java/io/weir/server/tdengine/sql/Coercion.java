package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.block.ColumnType;
import io.weir.server.tdengine.block.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns what was written into what a column keeps, or refuses it. */
final class Coercion {

    private Coercion() {}

    static @Nullable Object store(@Nullable Object value, Column column, Moment moment) {
        if (value == null) {
            return null;
        }
        ColumnType type = column.type();
        Object stored = convert(value, type, moment);
        int length = length(stored, type.kind());
        if (!type.kind().isFixed() && length > type.length()) {
            throw new TaosError(0x2653, "Value too long for column/tag: " + column.name());
        }
        return stored;
    }

    static Object convert(Object value, ColumnType type, Moment moment) {
        try {
            return switch (type.kind()) {
                case BOOL -> bool(value);
                case TINYINT, SMALLINT, INT, BIGINT, UTINYINT, USMALLINT, UINT, UBIGINT -> integer(value, type.kind());
                case FLOAT -> decimal(value).floatValue();
                case DOUBLE ->
                    value instanceof Double ? value : (Object) decimal(value).doubleValue();
                case TIMESTAMP ->
                    value instanceof String text
                            ? time(text, moment)
                            : (Object) decimal(value).longValue();
                case DECIMAL, DECIMAL64 -> fixedPoint(value, type);
                case VARBINARY, BLOB -> bytes(value);
                case GEOMETRY -> value instanceof String text ? Geometry.ofText(text) : bytes(value);
                case VARCHAR, NCHAR, JSON -> value instanceof byte[] ? value : text(value);
                case NULL -> value;
            };
        } catch (NumberFormatException e) {
            throw invalid(value, "invalid " + type.kind().sqlName().toLowerCase(Locale.ROOT) + " data");
        }
    }

    private static TaosError invalid(Object value, String why) {
        return new TaosError(0x0216, "syntax error near \"" + text(value) + "\" (" + why + ")");
    }

    static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    private static Object time(String text, Moment moment) {
        return text.matches("-?[0-9]+")
                ? Long.parseLong(text)
                : moment.precision().parse(text, moment.zone());
    }

    private static Object bool(Object value) {
        if (value instanceof Boolean) {
            return value;
        } else if (value instanceof String text && text.matches("(?i)true|false")) {
            return Boolean.valueOf(text);
        }
        return decimal(value).signum() != 0;
    }

    private static Object integer(Object value, SqlType kind) {
        if (value instanceof Long && kind == SqlType.BIGINT) {
            return value;
        }
        BigInteger whole = value instanceof Long number
                ? BigInteger.valueOf(number)
                : decimal(value).setScale(0, RoundingMode.HALF_UP).toBigInteger();
        int bits = kind.size() * Byte.SIZE;
        boolean fits = kind.isUnsigned() ? whole.signum() >= 0 && whole.bitLength() <= bits : whole.bitLength() < bits;
        if (!fits) {
            throw invalid(value, kind.sqlName().toLowerCase(Locale.ROOT) + " data overflow");
        }
        return kind == SqlType.UBIGINT ? (Object) whole : whole.longValue();
    }

    private static Object fixedPoint(Object value, ColumnType type) {
        BigDecimal rounded = decimal(value).setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() > type.precision()) {
            throw invalid(value, "decimal data overflow");
        }
        return rounded;
    }

    /** Any number, or text that is one. */
    static BigDecimal decimal(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        } else if (value instanceof Long number) {
            return BigDecimal.valueOf(number);
        } else if (value instanceof Boolean flag) {
            return flag ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        return new BigDecimal(text(value).trim());
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        String text = text(value);
        if (text.startsWith("\\x")) {
            try {
                return HexFormat.of().parseHex(text.substring(2));
            } catch (IllegalArgumentException e) {
                throw invalid(value, "invalid hex data");
            }
        }
        return Texts.utf8(text);
    }

    private static int length(Object stored, SqlType kind) {
        if (stored instanceof byte[] bytes) {
            return bytes.length;
        } else if (stored instanceof String text) {
            return kind == SqlType.NCHAR ? text.codePointCount(0, text.length()) : Texts.utf8(text).length;
        }
        return 0;
    }
}
