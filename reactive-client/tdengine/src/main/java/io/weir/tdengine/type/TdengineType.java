package io.weir.tdengine.type;

import io.weir.core.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A data type of TDengine, by the name that SQL has for it and by the number that travels on the wire. */
public enum TdengineType {
    /** A column of which only nulls are known, such as {@code SELECT NULL}. */
    NULL(0, "NULL", Kind.TEXT, 0),
    BOOL(1, "BOOL", Kind.BOOLEAN, 1),
    TINYINT(2, "TINYINT", Kind.INT8, 1),
    SMALLINT(3, "SMALLINT", Kind.INT16, 2),
    INT(4, "INT", Kind.INT32, 4),
    BIGINT(5, "BIGINT", Kind.INT64, 8),
    FLOAT(6, "FLOAT", Kind.FLOAT, 4),
    DOUBLE(7, "DOUBLE", Kind.DOUBLE, 8),
    /** The same as BINARY; bytes that are UTF-8 by custom. */
    VARCHAR(8, "VARCHAR", Kind.TEXT, -2),
    /** A count since 1970 in the database's precision. */
    TIMESTAMP(9, "TIMESTAMP", Kind.TIMESTAMP, 8),
    /** Four bytes for each character in results; bound as UTF-8. */
    NCHAR(10, "NCHAR", Kind.TEXT, -2),
    TINYINT_UNSIGNED(11, "TINYINT UNSIGNED", Kind.INT16, 1),
    SMALLINT_UNSIGNED(12, "SMALLINT UNSIGNED", Kind.INT32, 2),
    INT_UNSIGNED(13, "INT UNSIGNED", Kind.INT64, 4),
    BIGINT_UNSIGNED(14, "BIGINT UNSIGNED", Kind.DECIMAL, 8),
    /** For tags only. */
    JSON(15, "JSON", Kind.TEXT, -2),
    VARBINARY(16, "VARBINARY", Kind.BINARY, -2),
    /** 19 to 38 digits; bound as text. */
    DECIMAL(17, "DECIMAL", Kind.DECIMAL, 16),
    BLOB(18, "BLOB", Kind.BINARY, -4),
    /** Well-known binary. */
    GEOMETRY(20, "GEOMETRY", Kind.BINARY, -2),
    /** 1 to 18 digits; bound as text. */
    DECIMAL64(21, "DECIMAL", Kind.DECIMAL, 8);

    private static final @Nullable TdengineType[] BY_CODE = new TdengineType[22];

    static {
        for (TdengineType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final String sqlName;
    private final Kind kind;
    /** Bytes of a value; negative: values are as long as they like, behind a length of that many bytes. */
    private final int width;

    TdengineType(int code, String sqlName, Kind kind, int width) {
        this.code = code;
        this.sqlName = sqlName;
        this.kind = kind;
        this.width = width;
    }

    /** The number of this type on the wire. */
    public int code() {
        return code;
    }

    /** As SQL spells it, without lengths: {@code BIGINT UNSIGNED}. */
    public String sqlName() {
        return sqlName;
    }

    /** What a value of this type is to the reader of a row. */
    public Kind kind() {
        return kind;
    }

    /** Whether values have lengths of their own in a block of rows. */
    public boolean isVariable() {
        return width < 0;
    }

    /** How many bytes a value takes in a block of rows; only if it is not variable. */
    public int width() {
        return width;
    }

    /** How many bytes the length in front of a variable value takes. */
    public int headWidth() {
        return -width;
    }

    /** Whether bound values have lengths of their own: also decimals, which are bound as text. */
    public boolean isBoundByLength() {
        return isVariable() || isDecimal();
    }

    public boolean isDecimal() {
        return this == DECIMAL || this == DECIMAL64;
    }

    /** As SQL spells it: {@code VARCHAR(20)}, {@code DECIMAL(20,4)}, {@code INT}. */
    public String describe(long length, int precision, int scale) {
        if (isDecimal()) {
            return sqlName + '(' + precision + ',' + scale + ')';
        }
        boolean sized = isVariable() && this != JSON && this != BLOB && length > 0;
        return sized ? sqlName + '(' + length + ')' : sqlName;
    }

    /** The type with that number; null if we know none. */
    public static @Nullable TdengineType ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** The type of that name in SQL, whatever its case and without lengths; null if we know none. */
    public static @Nullable TdengineType ofName(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals("BINARY")) {
            return VARCHAR;
        }
        for (TdengineType type : values()) {
            if (type.sqlName.equals(upper)) {
                return type;
            }
        }
        return null;
    }
}
