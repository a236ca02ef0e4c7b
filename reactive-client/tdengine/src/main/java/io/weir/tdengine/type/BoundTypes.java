package io.weir.tdengine.type;

/** Which Java types can be bound to a type, for error texts. */
final class BoundTypes {

    private static final String WHOLE = "Byte, Short, Integer, Long, BigInteger, whole BigDecimal";

    private BoundTypes() {}

    static String possible(TdengineType type) {
        return switch (type) {
            case NULL -> "null";
            case BOOL -> "Boolean, 0 and 1";
            case TINYINT, SMALLINT, INT, BIGINT, TINYINT_UNSIGNED, SMALLINT_UNSIGNED, INT_UNSIGNED, BIGINT_UNSIGNED ->
                WHOLE;
            case FLOAT, DOUBLE -> "Float, Double, " + WHOLE + ", BigDecimal";
            case DECIMAL, DECIMAL64 -> "BigDecimal, Float, Double, " + WHOLE;
            case TIMESTAMP -> "Instant, OffsetDateTime, ZonedDateTime, and Long as a count in the database's precision";
            case VARCHAR -> "String, enums, UUID, byte[], ByteBuffer";
            case NCHAR, JSON -> "String, enums, UUID";
            case VARBINARY, BLOB, GEOMETRY -> "byte[], ByteBuffer";
        };
    }
}
