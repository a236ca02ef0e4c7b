package io.weir.core;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;

/** What a value is, whatever a store calls it: the row of the conversion matrix. */
public enum Kind {
    BOOLEAN(Boolean.class),
    INT8(Byte.class),
    INT16(Short.class),
    INT32(Integer.class),
    INT64(Long.class),
    FLOAT(Float.class),
    DOUBLE(Double.class),
    DECIMAL(BigDecimal.class),
    TEXT(String.class),
    BINARY(ByteBuffer.class),
    DATE(LocalDate.class),
    TIME(LocalTime.class),
    /** Date and time of day without a zone. */
    DATETIME(LocalDateTime.class),
    /** A moment; shown in the session's zone. */
    TIMESTAMP(OffsetDateTime.class);

    private final Class<?> javaType;

    Kind(Class<?> javaType) {
        this.javaType = javaType;
    }

    /** The type that {@code get(column, Object.class)} yields. */
    public Class<?> javaType() {
        return javaType;
    }
}
