package io.weir.server.tdengine.block;

/**
 * A type as a column has it.
 *
 * @param length what the user wrote, in bytes or, for NCHAR, in characters; the size for fixed types
 * @param precision digits of a DECIMAL, else 0
 * @param scale decimals of a DECIMAL, else 0
 */
public record ColumnType(SqlType kind, int length, int precision, int scale) {

    private static final int JSON_LENGTH = 4095;
    private static final int BLOB_LENGTH = 4 << 20;
    private static final int DIGITS_OF_64_BITS = 18;

    public static ColumnType of(SqlType kind) {
        return switch (kind) {
            case JSON -> new ColumnType(kind, JSON_LENGTH, 0, 0);
            case BLOB -> new ColumnType(kind, BLOB_LENGTH, 0, 0);
            default -> new ColumnType(kind, kind.size(), 0, 0);
        };
    }

    public static ColumnType of(SqlType kind, int length) {
        return new ColumnType(kind, length, 0, 0);
    }

    public static ColumnType decimal(int precision, int scale) {
        SqlType kind = precision <= DIGITS_OF_64_BITS ? SqlType.DECIMAL64 : SqlType.DECIMAL;
        return new ColumnType(kind, kind.size(), precision, scale);
    }

    /** The four bytes after the type number in a block: a length with its head, or what describes a DECIMAL. */
    public int blockBytes() {
        return switch (kind) {
            case VARCHAR, VARBINARY, GEOMETRY -> length + Short.BYTES;
            case NCHAR -> length * Integer.BYTES + Short.BYTES;
            case JSON -> (length + 1) * Integer.BYTES;
            case BLOB -> length + Integer.BYTES;
            case DECIMAL, DECIMAL64 -> scale | (precision << 8) | (kind.size() << 24);
            default -> length;
        };
    }

    /** As DESCRIBE and REST show it. */
    public String sqlName() {
        return kind.isDecimal() ? "DECIMAL(" + precision + "," + scale + ")" : kind.sqlName();
    }
}
