package io.weir.server.tdengine.block;

/** The column types with their numbers on the wire. */
public enum SqlType {
    NULL(0, 1, "NULL"),
    BOOL(1, 1, "BOOL"),
    TINYINT(2, 1, "TINYINT"),
    SMALLINT(3, 2, "SMALLINT"),
    INT(4, 4, "INT"),
    BIGINT(5, 8, "BIGINT"),
    FLOAT(6, 4, "FLOAT"),
    DOUBLE(7, 8, "DOUBLE"),
    VARCHAR(8, 0, "VARCHAR"),
    TIMESTAMP(9, 8, "TIMESTAMP"),
    NCHAR(10, 0, "NCHAR"),
    UTINYINT(11, 1, "TINYINT UNSIGNED"),
    USMALLINT(12, 2, "SMALLINT UNSIGNED"),
    UINT(13, 4, "INT UNSIGNED"),
    UBIGINT(14, 8, "BIGINT UNSIGNED"),
    JSON(15, 0, "JSON"),
    VARBINARY(16, 0, "VARBINARY"),
    DECIMAL(17, 16, "DECIMAL"),
    BLOB(18, 0, "BLOB"),
    GEOMETRY(20, 0, "GEOMETRY"),
    DECIMAL64(21, 8, "DECIMAL");

    private final int number;
    private final int size;
    private final String sqlName;

    SqlType(int number, int size, String sqlName) {
        this.number = number;
        this.size = size;
        this.sqlName = sqlName;
    }

    public int number() {
        return number;
    }

    /** Bytes of one value in a block, 0 where each value has its own length. */
    public int size() {
        return size;
    }

    public boolean isFixed() {
        return size > 0;
    }

    public boolean isDecimal() {
        return this == DECIMAL || this == DECIMAL64;
    }

    public boolean isInteger() {
        return switch (this) {
            case TINYINT, SMALLINT, INT, BIGINT, UTINYINT, USMALLINT, UINT, UBIGINT -> true;
            default -> false;
        };
    }

    public boolean isUnsigned() {
        return switch (this) {
            case UTINYINT, USMALLINT, UINT, UBIGINT -> true;
            default -> false;
        };
    }

    /** As SQL writes it, without a length. */
    public String sqlName() {
        return sqlName;
    }

    public static SqlType ofNumber(int number) {
        for (SqlType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        throw new IllegalArgumentException("No type has the number " + number);
    }
}
